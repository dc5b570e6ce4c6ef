"""The form in which committees comment: one line for each comment, as a Word file or a spreadsheet, out and in.

Columns are known by their names in any language of the site, or by those of the forms of ISO and CEN.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from dfs_workflow.documents import docx_gate, file_gate
from dfs_workflow.documents.docx_package import frozen
from dfs_workflow.documents.docx_xml import element
from dfs_workflow.documents.file_gate import RefusedFile

MOST_ROWS, MOST_COLUMNS, LONGEST = 1000, 12, 4000


class Line(NamedTuple):
    number: str = ""
    member: str = ""
    clause: str = ""
    kind: str = ""
    comment: str = ""
    change: str = ""
    observations: str = ""


LABELS: dict[str, Any] = {
    "number": gettext_lazy("No."),
    "member": gettext_lazy("Member"),
    "clause": gettext_lazy("Clause"),
    "kind": gettext_lazy("Type (ge, te, ed)"),
    "comment": pgettext_lazy("column", "Comment"),
    "change": gettext_lazy("Proposed change"),
    "observations": gettext_lazy("Observations of the secretariat"),
}
# As the forms of others begin; a later column of the same name is not looked at.
ALSO = {
    "member": ("mb", "nc"),
    "clause": ("clause",),
    "kind": ("type", "te"),
    "comment": ("comment",),
    "change": ("proposed", "proposal"),
    "observations": ("observation", "secretariat"),
}
WIDTHS = {"number": 7, "member": 14, "clause": 18, "kind": 8, "comment": 50, "change": 50, "observations": 40}


def as_docx(lines: Iterable[Line], title: str, *, is_rtl: bool) -> bytes:
    word = Document()
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(36)
    word.styles["Normal"].font.size = Pt(9)
    heading = word.add_heading(title, level=1)
    table = word.add_table(rows=0, cols=len(LABELS), style="Table Grid")
    if is_rtl:
        table._tbl.tblPr.append(element("bidiVisual"))
        heading._p.get_or_add_pPr().append(element("bidi"))
    width = section.page_width - section.left_margin - section.right_margin
    columns = [int(width * share / sum(WIDTHS.values())) for share in WIDTHS.values()]
    table.autofit = False
    for column, size in zip(table.columns, columns, strict=True):
        column.width = size
    for number, row in enumerate([[str(label) for label in LABELS.values()], *lines]):
        made = table.add_row()
        if number == 0:
            made._tr.get_or_add_trPr().append(element("tblHeader"))
        for cell, text, size in zip(made.cells, row, columns, strict=True):
            cell.width = size
            cell.text = ILLEGAL_CHARACTERS_RE.sub("", str(text))
            for paragraph in cell.paragraphs if number == 0 else ():
                for run in paragraph.runs:
                    run.bold = True
    return frozen(word)


def as_xlsx(lines: Iterable[Line], title: str, *, is_rtl: bool) -> bytes:
    """Every cell is text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(sign for sign in title if sign not in r"[]:*?/\'")[:31] or "Comments")
    sheet.sheet_view.rightToLeft = is_rtl
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS.values()):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    for number, row in enumerate([[str(label) for label in LABELS.values()], *lines]):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(text)))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 0)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS = {"docx": as_docx, "xlsx": as_xlsx}


def read(data: bytes) -> list[Line]:
    """Of a file that somebody sent; refused in one sentence where it can't be trusted or understood."""
    try:
        tables = list(_tables(data))
    except RefusedFile:
        raise
    except Exception as error:  # noqa: BLE001  readers of foreign formats fail in too many ways to name
        raise RefusedFile(_("The file is damaged: open it in your word processor and save it anew.")) from error
    for rows in tables:
        for start, row in enumerate(rows[:20]):
            places = columns(row)
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


def columns(row: list[str]) -> dict[str, int]:
    known = known_names()
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        text = name_of(cell)
        column = known.get(text) or next(
            (name for name, starts in ALSO.items() if name not in found and text.startswith(starts)), ""
        )
        if column and column not in found:
            found[column] = place
    return found


def known_names() -> dict[str, str]:
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names |= {name_of(str(label)): column for column, label in LABELS.items()}
    return names


def name_of(cell: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]|\d", " ", cell)).strip().casefold()


def _lines(rows: list[list[str]], places: dict[str, int]) -> Iterator[Line]:
    made = 0
    for row in rows:
        cells = {name: tidy(row[place]) if place < len(row) else "" for name, place in places.items()}
        if not cells.get("comment") and not cells.get("change"):
            continue
        made += 1
        if made > MOST_ROWS:
            raise RefusedFile(_("The file has more than a thousand lines: send it in parts."))
        yield Line(**cells)


def tidy(text: str) -> str:
    """The same whichever file it came through."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = (" ".join(line.split()) for line in text.strip().split("\n"))
    return "\n".join(lines)[:LONGEST]
