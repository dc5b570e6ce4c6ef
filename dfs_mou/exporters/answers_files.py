"""The file of answers that a drafter takes away: nothing is stored here, and the file brings all of it back."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from dfs_mou.blocks.values import to_text
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.answers_sheet import ABOUT, ANSWERS, CLAUSES
from dfs_mou.documents.conditions import kept_by_default
from dfs_mou.documents.edition import Edition

JSON_TYPE = "application/json"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"A": 34, "B": 10, "C": 60, "D": 60}


def as_json(edition: Edition, answers: Answers, keep: Collection[str] | None) -> bytes:
    data = {**about(edition), **answers.to_json(), "keep": None if keep is None else sorted(keep)}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()


def about(edition: Edition) -> dict[str, str]:
    return {"template": edition.template, "version": edition.version, "edition": edition.sha256}


def as_xlsx(
    edition: Edition, answers: Answers, keep: Collection[str] | None, languages: Collection[str], ui_language: str
) -> bytes:
    """Every question in each language, so that the sheet can be filled in away from the site."""
    book = Workbook()
    sheet = book.active
    sheet.title = ANSWERS
    _rows(sheet, [("name", "language", "question", "answer"), *_answers(edition, answers, languages, ui_language)])
    kept = set(kept_by_default(edition) if keep is None else keep)
    optional = [node for node in edition.nodes() if node.kind == "optional"]
    titles = [(n.key, n.title.get(ui_language, ""), "yes" if n.key in kept else "no") for n in optional]
    _rows(book.create_sheet(CLAUSES), [("clause", "title", "kept"), *titles])
    _rows(book.create_sheet(ABOUT), list(about(edition).items()))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _answers(
    edition: Edition, answers: Answers, languages: Collection[str], ui_language: str
) -> Iterator[tuple[str, str, str, str]]:
    for variable in edition.variables:
        label = variable.label.get(ui_language) or variable.label.get(edition.languages[0], "")
        for language in languages if variable.localised else ("",):
            value = answers.given(variable, language)
            yield variable.name, language, label, "" if not value and value is not False else _text(value)


def _text(value: Any) -> str:
    return str(to_text(value))


def _rows(sheet: Any, rows: list[tuple[str, ...]]) -> None:
    """Every cell is text: what begins with “=” is an answer, never a formula."""
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = value
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for name, width in WIDTHS.items():
        sheet.column_dimensions[name].width = width
    sheet.freeze_panes = "A2"
