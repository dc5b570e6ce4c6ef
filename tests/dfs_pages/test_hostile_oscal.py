"""OSCAL files that are wrong on purpose or by mistake: one clear sentence, and nothing is imported."""

import copy
import json
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.models import Page

from dfs_pages.exporters.oscal import not_kept
from dfs_pages.importers.oscal import words
from dfs_pages.importers.oscal.source import read
from dfs_pages.models import CataloguePage, ControlMapping, ControlPage
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.yaml_source import SourceError
from tests.dfs_pages.test_oscal import CATALOG, compared, give_out, take_in
from tests.dfs_pages.test_oscal_mappings import COLLECTION, NAMED

pytestmark = pytest.mark.usefixtures("content")
CONTROL = ("groups", 0, "controls", 0)
WRONG: list[tuple[tuple[Any, ...], Any, str]] = [
    ((*CONTROL, "params"), {"a": 1}, "controls 1, params: a list was expected"),
    ((*CONTROL, "props"), 5, "props: a list was expected"),
    ((*CONTROL, "links"), ["a"], "links 1: an object with named fields was expected"),
    ((*CONTROL, "parts", 0, "parts"), True, "parts: a list was expected"),
    ((*CONTROL, "parts", 0, "prose"), 5, "parts 1, prose: a text was expected"),
    ((*CONTROL, "title"), ["a"], "controls 1, title: a text was expected"),
    ((*CONTROL, "title"), "a\0b", "a�b: a text holds a character that no text has"),
    ((*CONTROL, "class"), "a\ud800b", "a text holds a character that no text has"),
    ((*CONTROL, "remarks"), float("nan"), "this is no number"),
    ((*CONTROL, "id"), "ac", "ac: the id is there twice"),
    (("groups", 0, "id"), "controls", "controls: the id is there twice"),
    (("groups",), [{"title": "G", "controls": []}, {"title": "G"}], "G: the id is there twice"),
    (("groups",), [{"controls": []}], "a group has neither an id nor a title"),
    (("back-matter",), [1], "back-matter: an object with named fields was expected"),
    (("back-matter", "resources", 0, "rlinks"), "x", "rlinks: a list was expected"),
    (("metadata", "title"), {"a": 1}, "metadata, title: a text was expected"),
]


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    data = copy.deepcopy(CATALOG)
    place: Any = data["catalog"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


def written(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data))
    return path


@pytest.mark.parametrize(("place", "value", "sentence"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_catalog_is_one_clear_sentence(
    place: tuple[Any, ...], value: Any, sentence: str, tmp_path: Path
) -> None:
    before = Page.objects.count()
    with pytest.raises(CommandError, match=sentence) as error:
        take_in(written(tmp_path / "x.json", changed(place, value)))
    assert str(error.value).startswith("Nothing was imported. x.json: ") and "\n" not in str(error.value)
    assert Page.objects.count() == before


def test_a_key_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"catalog": {"metadata": {"title": "x"}, "controls": [{"id": "a", "id": "b"}]}}')
    with pytest.raises(CommandError, match="id: the key is there twice"):
        take_in(path)


def test_parameters_that_name_themselves_end() -> None:
    started = time.process_time()
    known = {"a": "{{ insert: param, a }} " * 400, "b": "{{ insert: param, c }}", "c": "daily"}
    assert words.prose("{{ insert: param, a }}", known).startswith("a a a")
    assert words.prose("Check {{ insert: param, b }} .", known) == "Check daily."
    assert time.process_time() - started < 5


def test_a_long_title_and_a_parameter_of_another_family_come_back_whole(tmp_path: Path) -> None:
    data = changed(("metadata", "title"), "Long " * 80 + "title")
    data["catalog"]["groups"][0]["title"] = "Wide " * 80 + "family"
    data["catalog"]["controls"][0]["parts"][0]["prose"] = "Stand {{ insert: param, ac-1_prm_1 }}."
    take_in(written(tmp_path / "x.json", data))
    assert ControlPage.objects.get(reference="EX-LONE-1").statement == "Stand [Assignment: frequency]."
    with system_publication(reason="test"):
        hidden = ControlPage.objects.get(reference="EX-AC-1")
        hidden.unpublish()
    out = compared(give_out(tmp_path))
    assert out["metadata"]["title"] == data["catalog"]["metadata"]["title"]
    assert out["groups"][0]["title"] == data["catalog"]["groups"][0]["title"]
    assert out["controls"] == data["catalog"]["controls"]


def test_what_was_changed_here_after_the_import_is_named_where_it_is_not_in_the_file(tmp_path: Path) -> None:
    take_in(written(tmp_path / "x.json", CATALOG))
    catalogue = CataloguePage.objects.get(slug="ex-catalogue", locale__language_code="en")
    assert not_kept(catalogue) == []
    control = ControlPage.objects.get(reference="EX-AC-1")
    control.title, control.audit_question, control.detail = "Account", "Who asked?", []
    with system_publication(reason="test"):
        control.save_revision().publish()
    assert not_kept(catalogue) == [
        "1 × audit question of a control, as changed here after the import",
        "1 × explanation of a control, as changed here after the import",
    ]
    assert give_out(tmp_path)["catalog"]["groups"][0]["controls"][0]["title"] == "Account"


def test_a_wrong_mapping_collection_is_one_clear_sentence(tmp_path: Path) -> None:
    before = ControlMapping.objects.count()
    many = [{"type": "control", "id-ref": f"c{number}"} for number in range(40)]
    for key, value, sentence in (
        ("sources", {"a": 1}, "sources: a list was expected"),
        ("sources", [1], "sources 1: an object with named fields was expected"),
        ("relationship", 5, "relationship: a text was expected"),
        ("confidence-score", {"percentage": "much"}, "percentage: a number was expected"),
        ("props", "x", "props: a list was expected"),
        ("targets", many, "an entry relates more than 1000 pairs"),
    ):
        data = copy.deepcopy(COLLECTION)
        entry = data["mapping-collection"]["mappings"][0]["maps"][0]
        entry[key] = value
        if key == "targets":
            entry["sources"] = many
        with pytest.raises(CommandError, match=sentence):
            call_command("import_oscal", str(written(tmp_path / "x.json", data)), stdout=StringIO(), **NAMED)
    assert ControlMapping.objects.count() == before


def test_a_large_yaml_file_is_read_as_a_json_file_is(tmp_path: Path) -> None:
    data = copy.deepcopy(CATALOG)
    data["catalog"]["groups"][0]["controls"][0]["remarks"] = "A long remark. " * 200_000
    json_file = written(tmp_path / "large.json", data)
    yaml_file = tmp_path / "large.yaml"
    yaml_file.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper))
    assert yaml_file.stat().st_size > 2_500_000
    assert read(yaml_file) == read(json_file)


def test_a_yaml_file_of_very_many_values_is_told_to_come_as_json(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text(f"catalog: [{'1,' * 1_500_001}1]")
    with pytest.raises(SourceError, match="more than 1,500,000 values: as JSON it can be read"):
        read(file)
    file.write_text("catalog: &a [x]\nother: *a\n")
    with pytest.raises(SourceError, match="line 2: aliases are not allowed"):
        read(file)
