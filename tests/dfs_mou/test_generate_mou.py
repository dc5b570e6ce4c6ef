"""One document from a file of answers: the same as the builder's, or one sentence and nothing half-done."""

import os

import pytest
import yaml
from django.core.management import CommandError, call_command

from tests.dfs_mou.mou_content import example_pairs

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(tmp_path):
    pair = example_pairs()["ng-ncc-cbn"]
    path = tmp_path / "answers.yaml"
    path.write_text(yaml.safe_dump({"common": pair["common"], "values": pair["values"]}), encoding="utf-8")
    return path


def generate(path, out, language="en", form="html", **options):
    call_command("generate_mou", str(path), str(out), language=language, format=form, **options)


def test_it_writes_the_document(edition, answers, tmp_path, capsys):
    out = tmp_path / "mou.html"
    generate(answers, out, date="2026-09-01")
    assert "the Nigerian Communications Commission" in out.read_text(encoding="utf-8")
    beside = tmp_path / "beside"
    beside.touch()
    assert out.stat().st_mode == beside.stat().st_mode
    assert "answers print as a line" in capsys.readouterr().out


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")])
def test_it_writes_every_format_the_same_each_time(edition, answers, tmp_path, form, start):
    one, two = tmp_path / f"1.{form}", tmp_path / f"2.{form}"
    generate(answers, one, form=form, date="2026-09-01")
    generate(answers, two, form=form, date="2026-09-01")
    assert one.read_bytes().startswith(start)
    assert one.read_bytes() == two.read_bytes()


def test_a_file_for_more_languages_than_the_template_has_serves_those_it_has(edition, answers, tmp_path, capsys):
    content = yaml.safe_load(answers.read_text(encoding="utf-8"))
    content["values"]["ru"] = {"country_name": "Нигерия"}
    answers.write_text(yaml.safe_dump(content), encoding="utf-8")
    generate(answers, tmp_path / "mou.html")
    assert "Not used, the model text does not exist in: ru." in capsys.readouterr().out
    assert "does not exist in “ru”, only in: en, fr" in refused(answers, tmp_path / "ru.html", language="ru")
    assert not (tmp_path / "ru.html").exists()


def refused(*args, **options):
    with pytest.raises(CommandError) as caught:
        generate(*args, **options)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 400
    return sentence


def test_without_an_edition_it_says_what_to_do(db, answers, tmp_path):
    assert "load_mou_template" in refused(answers, tmp_path / "x.html")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("common: [", "YAML"),
        ("- a", "object"),
        ("surprise: 1", "surprise"),
        ("common: {sim_swap_hold_hours: 1}", "sim_swap_hold_hours"),
        ("common: {nothing: 1}", "nothing"),
        ("values: {de: {}}", "de"),
        ("values: {en: {country_name: " + "x" * 100_000 + "}}", "2000"),
        ("keep: [nothing]", "keep"),
        ("keep: 3", "keep"),
        ("common: &a {binding: *a}", "alias"),
        ("common: !!python/object/apply:os.system ['id']", "YAML"),
    ],
)
def test_bad_answers_are_one_sentence_and_no_file(edition, tmp_path, text, word):
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "mou.html"
    assert word in refused(path, out)
    assert os.listdir(tmp_path) == ["answers.yaml"]


def test_other_bad_input_is_one_sentence(edition, answers, tmp_path):
    assert "gone.yaml” does not exist" in refused(tmp_path / "gone.yaml", tmp_path / "x.html")
    assert "xx" in refused(answers, tmp_path / "x.html", language="xx")
    assert "date" in refused(answers, tmp_path / "x.html", date="soon")
    assert "can't be written" in refused(answers, tmp_path / "no" / "folder.html")
    (tmp_path / "folder").mkdir()
    assert "can't be written" in refused(answers, tmp_path / "folder")
    assert sorted(os.listdir(tmp_path)) == ["answers.yaml", "folder"]


def test_an_older_document_stays_when_the_new_one_fails(edition, answers, tmp_path):
    out = tmp_path / "mou.html"
    generate(answers, out)
    before = out.read_bytes()
    answers.write_text("common: {binding: perhaps}", encoding="utf-8")
    refused(answers, out)
    assert out.read_bytes() == before


def test_a_folder_of_answers_makes_a_file_of_each_and_names_those_that_are_wrong(edition, answers, tmp_path, capsys):
    folder, out = tmp_path / "answers", tmp_path / "out"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(answers.read_text(encoding="utf-8"), encoding="utf-8")
    generate(folder, out, form="docx")
    assert sorted(os.listdir(out)) == ["a.docx", "b.docx"]
    (folder / "aa.yaml").write_text("common: {binding: perhaps}", encoding="utf-8")
    assert "1 of 3 were not made" in refused(folder, tmp_path / "again", form="md")
    assert sorted(os.listdir(tmp_path / "again")) == ["a.md", "b.md"]
    assert "aa.yaml: binding" in capsys.readouterr().err
    assert "no file that ends in .yaml" in refused(tmp_path / "again", out)
    assert "can't be made a folder" in refused(folder, answers)
