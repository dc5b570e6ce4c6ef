"""Rows as CSV or XLSX. No cell is ever a formula, whatever it begins with."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  full width too
LONGEST_CELL = 32_767
WIDTHS = (14, 40, 60, 28, 28, 30, 12, 40, 10, 40)


def harmless(text: str) -> str:
    text = ILLEGAL_CHARACTERS_RE.sub("", text)[: LONGEST_CELL - 1]
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(rows: Iterable[list[str]]) -> bytes:
    """With a mark at its head, so that spreadsheets read it as UTF-8."""
    out = StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[list[str]], title: str, *, is_rtl: bool) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(sign for sign in title if sign not in r"[]:*?/\\")[:31] or "List")
    sheet.sheet_view.rightToLeft = is_rtl
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=harmless(text))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
