"""Filled-in forms as people and programs write them: each line lands, or the file is refused and says where."""

import io
from typing import Any

import pytest
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.models import Consultation, ConsultationAnswer
from tests.dfs_workflow.people import stewards
from tests.dfs_workflow.test_consultations import bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(chapter: Any, roles: Any) -> Consultation:
    return actions.open_consultation(by=stewards()[0], page=chapter, title="Second draft", at=timezone.now())


def word_form(*tables: list[tuple[str, ...]], merged: tuple[int, int] | None = None) -> bytes:
    """`merged`: two rows of the first table with one clause cell."""
    from docx import Document

    word = Document()
    for rows in tables:
        table = word.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        word.add_paragraph("And")
    if merged:
        first, last = (word.tables[0].rows[number].cells[0] for number in merged)
        first.merge(last)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def sheet_form(*rows: tuple[str, ...], merged: str = "") -> bytes:
    """As a program writes it: text that begins with = becomes a formula without a result."""
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = ("Clause", "Comment", "Proposed change")


@pytest.mark.parametrize("make", [word_form, sheet_form])
def test_what_is_too_long_is_refused_by_its_row_and_nothing_is_added(
    awa: Any, consultation: Consultation, make: Any
) -> None:
    rows = [HEAD, ("TST-1", "Good", ""), ("TST-2", "x" * 5004, "")]
    data = make(rows) if make is word_form else make(*rows)
    said = bring(awa, consultation, data)
    assert "Table 1, row 3: “Comment” is longer than 4000 characters." in said
    assert not ConsultationAnswer.objects.exists()


def test_all_tables_of_a_file_are_read(awa: Any, consultation: Consultation) -> None:
    first, second = [HEAD, ("TST-1", "One", "")], [HEAD, ("TST-2", "Two", ""), ("XX-9", "Three", "")]
    split, other = [("TST-3", "Four", "")], [("ge", "general")]
    said = bring(awa, consultation, word_form(first, second, split, other))
    assert "Added: 4." in said and "On no known clause: 1" in said
    found = [(row.clause_name, row.comment) for row in ConsultationAnswer.objects.order_by("number")]
    assert found == [("TST-1", "One"), ("TST-2", "Two"), ("XX-9", "Three"), ("TST-3", "Four")]


def test_a_merged_clause_counts_for_each_of_its_rows(awa: Any, consultation: Consultation) -> None:
    rows = [HEAD, ("TST-1", "One", ""), ("", "Two", ""), ("", "Of the whole", "")]
    bring(awa, consultation, word_form(rows, merged=(1, 2)))
    found = [(row.clause_name, row.comment) for row in ConsultationAnswer.objects.order_by("number")]
    assert found == [("TST-1", "One"), ("TST-1", "Two"), ("", "Of the whole")]
    assert "Already there: 3" in bring(awa, consultation, sheet_form(*rows, merged="A2:A3"), "form.xlsx")


def test_a_formula_without_a_result_is_named_by_its_row(awa: Any, consultation: Consultation) -> None:
    said = bring(awa, consultation, sheet_form(HEAD, ("TST-1", "Fine", ""), ("TST-2", "= not that", "")), "form.xlsx")
    assert "Table 1, row 3: “Comment” is a formula without a result." in said
    assert not ConsultationAnswer.objects.exists()


def test_no_line_stands_too_far_below_to_be_read(awa: Any, consultation: Consultation) -> None:
    rows = [HEAD, *[("", "", "")] * 1200, ("TST-1", "Last", "")]
    assert "more than a thousand lines" in bring(awa, consultation, sheet_form(*rows), "form.xlsx")
