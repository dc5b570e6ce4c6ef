"""Finds the table of comments in a file that somebody sent; knows no setting of the site, for a process of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from dfs_workflow.documents import docx_gate, file_gate
from dfs_workflow.documents.file_gate import RefusedFile
from dfs_workflow.documents.file_gate import marked as _

MOST_ROWS, MOST_COLUMNS, LONGEST = 1000, 12, 4000
# As the forms of others begin; a later column of the same name is not looked at.
ALSO = {
    "member": ("mb", "nc"),
    "clause": ("clause",),
    "kind": ("type", "te"),
    "comment": ("comment",),
    "change": ("proposed", "proposal"),
    "observations": ("observation", "secretariat"),
}


def read(data: bytes, known: Mapping[str, str]) -> list[dict[str, str]]:
    """One mapping of column to text for each comment. `known`: the names of our columns, as `name_of` gives them."""
    try:
        tables = list(_tables(data))
    except RefusedFile:
        raise
    except Exception as error:  # noqa: BLE001  readers of foreign formats fail in too many ways to name
        raise RefusedFile(_("The file is damaged: open it in your word processor and save it anew.")) from error
    for rows in tables:
        for start, row in enumerate(rows[:20]):
            places = _columns(row, known)
            if {"comment", "clause"} <= places.keys():
                return list(_lines(rows[start + 1 :], places))
    raise RefusedFile(
        _("The file has no table with the columns of the form: fill in the one that you can download here.")
    )


def _tables(data: bytes) -> Iterator[list[list[str]]]:
    if b"word/document.xml" in data:
        docx_gate.check(data)
        yield from _word_tables(data)
        return
    kind = _("This is neither a Word file nor a spreadsheet: save it as .docx or .xlsx and try again.")
    file_gate.check(data, main="xl/workbook.xml", kind=kind, part=lambda root: None)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets[:5]:
        found = sheet.iter_rows(max_row=MOST_ROWS + 50, max_col=MOST_COLUMNS, values_only=True)
        yield [["" if cell is None else str(cell) for cell in row] for row in found]


def _word_tables(data: bytes) -> Iterator[list[list[str]]]:
    body = Document(io.BytesIO(data)).element.body
    for table in body.iter(qn("w:tbl")):
        rows = []
        for row in table.findall(qn("w:tr"))[: MOST_ROWS + 50]:
            cells = row.findall(qn("w:tc"))[:MOST_COLUMNS]
            rows.append(["\n".join(_text(paragraph) for paragraph in cell.findall(qn("w:p"))) for cell in cells])
        yield rows


def _text(paragraph: Any) -> str:
    """With what was inserted and without what was deleted, where changes are tracked."""
    signs = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
    return "".join(node.text or "" if node.tag == qn("w:t") else signs.get(node.tag, "") for node in paragraph.iter())


def _columns(row: list[str], known: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        text = name_of(cell)
        column = known.get(text) or next(
            (name for name, starts in ALSO.items() if name not in found and text.startswith(starts)), ""
        )
        if column and column not in found:
            found[column] = place
    return found


def name_of(cell: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]|\d", " ", cell)).strip().casefold()


def _lines(rows: list[list[str]], places: dict[str, int]) -> Iterator[dict[str, str]]:
    made = 0
    for row in rows:
        cells = {name: tidy(row[place]) if place < len(row) else "" for name, place in places.items()}
        if not cells.get("comment") and not cells.get("change"):
            continue
        made += 1
        if made > MOST_ROWS:
            raise RefusedFile(_("The file has more than a thousand lines: send it in parts."))
        yield cells


def tidy(text: str) -> str:
    """The same whichever file it came through."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = (" ".join(line.split()) for line in text.strip().split("\n"))
    return "\n".join(lines)[:LONGEST]
