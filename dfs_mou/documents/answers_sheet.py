"""Reads a sheet of answers that a drafter brings, without any setting of the site: in a process of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from dfs_workflow.documents import file_gate
from dfs_workflow.documents.file_gate import RefusedFile
from dfs_workflow.documents.file_gate import marked as _

ANSWERS, CLAUSES, ABOUT = "answers", "clauses", "about"  # names of the sheets
MOST_ROWS = 5_000


def read(data: bytes) -> dict[str, list[tuple[str, ...]]]:
    """The rows of answers and of clauses."""
    kind = _("The sheet can't be read: bring one made here, saved as XLSX.")
    file_gate.check(data, main="xl/workbook.xml", kind=kind, part=lambda root: None)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return {ANSWERS: list(_sheet(book, ANSWERS, 4)), CLAUSES: list(_sheet(book, CLAUSES, 3))}
    except RefusedFile:
        raise
    except Exception as error:  # noqa: BLE001  the reader of a foreign format fails in too many ways to name
        raise RefusedFile(kind) from error


def _sheet(book: Any, name: str, columns: int) -> Iterator[tuple[str, ...]]:
    if name not in book.sheetnames:
        return
    for number, row in enumerate(book[name].iter_rows(min_row=2, max_col=columns, values_only=True)):
        if number > MOST_ROWS:
            raise RefusedFile(_("The sheet has more rows than there are questions."))
        cells = [*row, *([None] * columns)][:columns]
        yield tuple("" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in cells)
