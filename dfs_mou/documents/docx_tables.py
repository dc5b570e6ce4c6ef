"""Tables of a Word document: contacts with borders, signatures side by side without."""

from __future__ import annotations

from typing import Any

from dfs_mou.documents.document import Block, Clause, Paragraph, SignatureLine, Table
from dfs_mou.documents.docx_writer import Writer
from dfs_workflow.documents.docx_xml import element


def frame(writer: Writer, widths: list[int], caption: str, *, borders: bool) -> Any:
    properties = element("tblPr")
    if borders:
        properties.append(element("tblStyle", val="TableGrid"))
    if writer.rtl:
        properties.append(element("bidiVisual"))
    properties.append(element("tblW", w=sum(widths), type="dxa"))
    properties.append(element("tblLayout", type="fixed"))
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties.append(element("tblLook", val="0620", **look))
    properties.append(element("tblCaption", val=caption))
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in widths)))


def cell_of(width: int, paragraphs: list[Any], *, fill: str = "") -> Any:
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))
    return element("tc", properties, *paragraphs)


def write_table(writer: Writer, table: Table) -> None:
    rest = writer.width * 4 // 5 // max(len(table.header) - 1, 1)  # a fifth for the column that names the row
    widths = [writer.width // 5, *([rest] * (len(table.header) - 1))]
    made = frame(writer, widths, table.caption, borders=True)
    head = [
        cell_of(width, [writer.paragraph("MOU Table", writer.text(text, bold=True))], fill="E7ECF3")
        for width, text in zip(widths, table.header, strict=True)
    ]
    made.append(element("tr", element("trPr", element("cantSplit"), element("tblHeader")), *head))
    for row in table.rows:
        cells = [
            cell_of(width, [writer.paragraph("MOU Table", writer.spans(cell))])
            for width, cell in zip(widths, row, strict=True)
        ]
        height = element("trHeight", val=420, hRule="atLeast")
        made.append(element("tr", element("trPr", element("cantSplit"), height), *cells))
    writer.append(made)
    writer.append(writer.paragraph("MOU Text 1", []))


def write_signatures(writer: Writer, parts: tuple[Clause, ...]) -> None:
    """Side by side, in two rows, so that the lines to sign on stand at one height."""
    widths = [writer.width // len(parts)] * len(parts)
    made = frame(writer, widths, writer.document.labels.signature, borders=False)
    columns = [_split_at_line(part.blocks) for part in parts]
    for index in (0, 1):
        cells = []
        for part, column, width in zip(parts, columns, widths, strict=True):
            paragraphs = [_signature_block(writer, block) for block in column[index]]
            paragraphs = paragraphs or [writer.paragraph("MOU Signature", [])]
            if index == 0:
                writer.bookmark(paragraphs[0], part.key)
            cells.append(cell_of(width, paragraphs))
        made.append(element("tr", element("trPr", element("cantSplit")), *cells))
    writer.append(made)
    writer.append(writer.paragraph("MOU Text 1", []))


def _signature_block(writer: Writer, block: Block) -> Any:
    if isinstance(block, Paragraph):
        return writer.paragraph("MOU Signature", writer.spans(block.spans))
    return signature_line(writer)


def signature_line(writer: Writer) -> Any:
    rule = element("pBdr", element("bottom", val="single", sz=6, space=1, color="000000"))
    side = "left" if writer.rtl else "right"
    return writer.paragraph(
        "MOU Signature", [], rule, element("spacing", before=900, after=80), element("ind", **{side: 400})
    )


def _split_at_line(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    at = next((i for i, block in enumerate(blocks) if isinstance(block, SignatureLine)), len(blocks))
    return blocks[:at], blocks[at:]
