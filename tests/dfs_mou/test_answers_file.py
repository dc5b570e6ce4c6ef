"""A file of answers goes out and comes in, anonymously: nothing is stored, nothing in it is trusted."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from dfs_mou.documents import answers_sheet
from dfs_mou.importers.answers_files import read
from dfs_mou.models import Agreement
from dfs_workflow.documents.file_gate import RefusedFile
from tests.dfs_mou.form import Form, text_of
from tests.dfs_mou.mou_content import supplied

URL = "/en/mou-builder/"
FORMULA = '=HYPERLINK("http://127.0.0.1/","x")'


@pytest.fixture
def filled(client, edition, directory):
    step = Form(client, client.get(URL)).press("telecom_regulator")
    return step.press(
        "preview", **{"a.en.telecom_regulator_name": "Board of Atlantis", "a.en.telecom_regulator_city": FORMULA}
    )


def bring(client, data, name="answers.json"):
    form = Form(client, client.get(URL))
    return Form(client, client.post(URL, form.data() | {"go": "bring", "answers": SimpleUploadedFile(name, data)}))


def value(form, name, step="telecom_regulator"):
    return form.press(step).value(f"a.en.{name}")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_a_file_brings_every_answer_back_and_nothing_is_stored(client, filled, kind):
    without = filled.press("clauses")
    kept = [key for key in without.data()["keep"] if key != "innovation"]
    data = without.press(f"answers.{kind}", keep=kept).response
    assert data["Content-Disposition"] == f'attachment; filename="mou-answers.{kind}"'
    back = bring(client, data.content)
    assert back.status == 200
    assert value(back, "telecom_regulator_name") == "Board of Atlantis"
    assert value(back, "telecom_regulator_city") == FORMULA
    assert "innovation" not in json.loads(back.value("state"))["keep"]
    assert not Agreement.objects.exists()


@pytest.mark.django_db
def test_an_answer_is_never_a_formula(filled):
    book = load_workbook(io.BytesIO(filled.press("answers.xlsx").response.content))
    cells = [cell for row in book["answers"].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert FORMULA in [cell.value for cell in cells]


@pytest.mark.django_db
def test_a_wrong_answer_in_a_file_is_said_beside_its_field(client, edition, directory):
    page = bring(client, json.dumps({"common": {"sim_swap_hold_hours": "a week"}}).encode())
    assert "Write a whole number." in page.text
    assert page.value("a..sim_swap_hold_hours") == "a week"


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (25 << 20))
    return buffer.getvalue()


def entities():
    buffer = io.BytesIO()
    Workbook().save(buffer)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("xl/x.xml", '<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>')
    return buffer.getvalue()


def empty_book():
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


UNFIT = {
    "nothing": b"",
    "text": b"Dear colleague",
    "a list": b"[]",
    "other fields": b'{"password": "x"}',
    "no answers": b'{"common": {}}',
    "deep": b"[" * 100_000,
    "half a letter": b'{"common": {"\xff": 1}}',
    "large": b"x" * 3_000_000,
    "no sheet": b"PK\x03\x04 broken",
    "a bomb": bomb(),
    "entities": entities(),
    "an empty book": empty_book(),
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_file_is_one_sentence(name):
    with pytest.raises(RefusedFile, match=r"\.$"):
        read(supplied(), UNFIT[name])


@pytest.mark.django_db
def test_an_unfit_file_keeps_the_builder_as_it_is(client, edition, directory):
    assert bring(client, b"Dear colleague").status == 422
    assert "no file of answers" in text_of(bring(client, b"Dear colleague").response)


def test_questions_of_another_template_are_left_out():
    brought = read(
        supplied(), json.dumps({"common": {"nobody_asks": 1, "binding": "no"}, "values": {"xx": {}}}).encode()
    )
    assert brought.common == {"binding": "no"}
    assert brought.values == {}
    assert brought.left_out == ("nobody_asks",)


@pytest.mark.django_db
def test_who_brings_a_file_reads_what_was_taken_and_what_was_left_out(client, edition, directory):
    """Of another model, or of a language that this one doesn't have: nothing is lost in silence."""
    values = {"en": {"telecom_regulator_name": "Board of Atlantis"}, "xx": {"telecom_regulator_name": "X"}}
    data = {
        "template": "other",
        "common": {"term_years": 3, "<b>asked</b>": 1},
        "values": values,
        "keep": ["no-clause"],
    }
    page = bring(client, json.dumps(data).encode()).response
    told = text_of(page)
    assert "Answers read from the file: 2." in told
    for name in ("no-clause", "<b>asked</b>", "telecom_regulator_name (xx)"):
        assert name in told
    assert "Left out" not in text_of(bring(client, json.dumps({"common": {"term_years": 3}}).encode()).response)
    assert "Answers read" not in text_of(client.get(URL))


def test_a_sheet_is_read_in_a_process_of_its_own(monkeypatch):
    monkeypatch.setattr(answers_sheet, "load_workbook", None)
    book = Workbook()
    book.active.title = "answers"
    for row in (["name", "language", "question", "answer"], ["binding", None, None, "no"]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    assert read(supplied(), buffer.getvalue()).common == {"binding": "no"}
