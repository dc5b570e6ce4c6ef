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
from openpyxl.utils import column_index_from_string

from dfs_workflow.documents import docx_gate, file_gate
from dfs_workflow.documents.file_gate import RefusedFile
from dfs_workflow.documents.file_gate import marked as _

MOST_ROWS, MOST_COLUMNS = 1000, 12
READ_ROWS = MOST_ROWS + 50  # with headings and what stands before them
LONGEST = {"member": 120, "clause": 200, "comment": 4000, "change": 4000}
# Stand for the text of a cell, and in no file: such signs are forbidden in XML.
MERGED, FORMULA = "\0merged", "\0formula"
MERGES = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
TOO_MANY = _("The file has more than a thousand lines: send it in parts.")
TOO_LONG = _(
    "Table %(table)s, row %(row)s: “%(column)s” is longer than %(most)s characters. Shorten it or make two lines "
    "of it, and send the file again; nothing was added."
)
NO_RESULT = _(
    "Table %(table)s, row %(row)s: “%(column)s” is a formula without a result. Write it as text, and send the file "
    "again; nothing was added."
)
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
    is_word = b"word/document.xml" in data
    try:
        tables = list(_word_tables(data) if is_word else _sheets(data))
    except RefusedFile:
        raise
    except Exception as error:  # noqa: BLE001  readers of foreign formats fail in too many ways to name
        raise RefusedFile(_("The file is damaged: open it in your word processor and save it anew.")) from error
    found: list[dict[str, str]] = []
    heading: list[str] = []
    for number, rows in enumerate(tables, 1):
        start = _heading(rows, known)
        if start is not None:
            heading = rows[start]
        elif not (heading and is_word and rows and len(rows[0]) == len(heading)):  # else a table that was split
            continue
        first = 0 if start is None else start + 1
        found += _lines(rows, first, heading, _columns(heading, known), number)
    if not heading:
        raise RefusedFile(
            _("The file has no table with the columns of the form: fill in the one that you can download here.")
        )
    if len(found) > MOST_ROWS:
        raise RefusedFile(TOO_MANY)
    return found


def _heading(rows: list[list[str]], known: Mapping[str, str]) -> int | None:
    return next((n for n, row in enumerate(rows[:20]) if {"comment", "clause"} <= _columns(row, known).keys()), None)


def _sheets(data: bytes) -> Iterator[list[list[str]]]:
    kind = _("This is neither a Word file nor a spreadsheet: save it as .docx or .xlsx and try again.")
    file_gate.check(data, main="xl/workbook.xml", kind=kind, part=lambda root: None)
    results, formulas = (
        load_workbook(io.BytesIO(data), read_only=True, data_only=only, keep_links=False) for only in (True, False)
    )
    for sheet, asked in zip(results.worksheets, formulas.worksheets, strict=True):
        merged = _merged(sheet)
        rows = []
        for number, (row, cells) in enumerate(zip(_rows(sheet), _rows(asked), strict=True), 1):
            texts = [_value(*pair) for pair in zip(row, cells, strict=True)]
            if number <= READ_ROWS:
                rows.append([MERGED if (number, place) in merged else text for place, text in enumerate(texts, 1)])
            elif any(texts):
                raise RefusedFile(TOO_MANY)
        yield rows


def _rows(sheet: Any) -> Iterator[Any]:
    sheet.reset_dimensions()  # what a file says about them may be wrong
    yield from sheet.iter_rows(max_col=MOST_COLUMNS)


def _value(result: Any, asked: Any) -> str:
    if result.value is None:
        return FORMULA if asked.data_type == "f" else ""
    return str(result.value)


def _merged(sheet: Any) -> set[tuple[int, int]]:
    """Cells that go on with the one above them; openpyxl doesn't tell where it reads row by row."""
    with sheet._get_source() as part:
        found = MERGES.findall(part.read())
    return {
        (row, column_index_from_string(column.decode()))
        for column, first, last in found
        for row in range(int(first) + 1, min(int(last), READ_ROWS) + 1)
    }


def _word_tables(data: bytes) -> Iterator[list[list[str]]]:
    docx_gate.check(data)
    body = Document(io.BytesIO(data)).element.body
    for table in body.iter(qn("w:tbl")):
        rows = [_word_row(row) for row in _children(table, qn("w:tr"))]
        if any(any(row) for row in rows[READ_ROWS:]):
            raise RefusedFile(TOO_MANY)
        yield rows[:READ_ROWS]


def _word_row(row: Any) -> list[str]:
    """One text for each column of the grid, also where a cell is as wide as several."""
    cells: list[str] = []
    for cell in _children(row, qn("w:tc")):
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        wide = int(span.get(qn("w:val"), "1")) if span is not None else 1
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        paragraphs = (each for each in cell.iter(qn("w:p")) if next(each.iterancestors(qn("w:p")), None) is None)
        cells += [MERGED if goes_on else "\n".join(_text(each) for each in paragraphs)]
        cells += [""] * min(wide - 1, MOST_COLUMNS)
    return cells[:MOST_COLUMNS]


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Also those in the content controls of a form."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")}:
            yield from _children(child, tag)


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


def _lines(
    rows: list[list[str]], first: int, heading: list[str], places: dict[str, int], table: int
) -> Iterator[dict[str, str]]:
    """A merged cell says whose line it is and about what for each of its rows; a comment in one is one comment."""
    above: dict[str, str] = {}
    for number, row in enumerate(rows[first:], first + 1):
        cells = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        for name, text in cells.items():
            goes_on = above.get(name, "") if name in ("member", "clause", "kind") else ""
            cells[name] = goes_on if text == MERGED else text
        above = cells
        if not cells.get("comment") and not cells.get("change"):
            continue
        where = {"table": str(table), "row": str(number)}
        line = {
            name: _text_of(name, text, {**where, "column": tidy(heading[places[name]])[:60]})
            for name, text in cells.items()
        }
        if line.get("comment") or line.get("change"):
            yield line


def _text_of(name: str, text: str, where: dict[str, str]) -> str:
    """Refused rather than cut, as nobody would see what is missing; other columns are not kept."""
    if text == FORMULA and name in LONGEST:
        raise RefusedFile(NO_RESULT, **where)
    text = "" if text == FORMULA else tidy(text)
    if len(text) > LONGEST.get(name, len(text)):
        raise RefusedFile(TOO_LONG, **where, most=str(LONGEST[name]))
    return text


def tidy(text: str) -> str:
    """The same whichever file it came through."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = (" ".join(line.split()) for line in text.strip().split("\n"))
    return "\n".join(lines)
