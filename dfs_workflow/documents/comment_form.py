"""The form in which committees comment: one line for each comment, as a Word file or a spreadsheet, out and in.

Columns are known by their names in any language of the site, or by those of the forms of ISO and CEN.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy, override, pgettext_lazy
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from dfs_workflow.documents import comment_table
from dfs_workflow.documents.comment_table import name_of
from dfs_workflow.documents.docx_package import frozen
from dfs_workflow.documents.docx_xml import element
from dfs_workflow.documents.read_apart import read_apart


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
    return [Line(**cells) for cells in read_apart(comment_table.read, data, known_names())]


def known_names() -> dict[str, str]:
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names |= {name_of(str(label)): column for column, label in LABELS.items()}
    return names
