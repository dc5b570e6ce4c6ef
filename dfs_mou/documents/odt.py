"""Draws a document as an OpenDocument text, without an office program: the same bytes for the same document.

Labels are typed text, so that all six languages print the numbers of the tree; a reference is a live field that shows
the number inside the heading it leads to.
"""

from __future__ import annotations

import io
import zipfile

from dfs_mou.documents.document import (
    Block,
    BulletList,
    Clause,
    Document,
    Paragraph,
    SignatureLine,
    Span,
    Spans,
    Table,
)
from dfs_mou.documents.odt_styles import styles_xml
from dfs_mou.documents.odt_xml import NAMESPACES, element, paragraph, span

CONTENT_TYPE = "application/vnd.oasis.opendocument.text"
EARLIEST = (1980, 1, 1, 0, 0, 0)
XML = '<?xml version="1.0" encoding="UTF-8"?>'
TAB = "<text:tab/>"


def render(document: Document) -> bytes:
    parts = {
        "mimetype": CONTENT_TYPE,
        "META-INF/manifest.xml": _manifest(),
        "content.xml": _Drawing(document).content_xml(),
        "meta.xml": _meta(document),
        "styles.xml": styles_xml(document),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr, info.create_system = 0o600 << 16, 3
            package.writestr(info, text)
    return buffer.getvalue()


def _manifest() -> str:
    files = [("/", CONTENT_TYPE), *((f"{name}.xml", "text/xml") for name in ("content", "meta", "styles"))]
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files
    )
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return f'{XML}<manifest:manifest xmlns:manifest="{namespace}" manifest:version="1.3">{rows}</manifest:manifest>'


def _meta(document: Document) -> str:
    meta = element(
        "office:meta",
        element("dc:title", span(document.title)),
        element("dc:subject", span(document.template_title)),
        element("dc:description", span(f"{document.labels.notice}. sha256:{document.sha256}")),
        element("dc:language", document.labels.tag),
        element("meta:creation-date", f"{document.date}T00:00:00"),
    )
    return f"{XML}<office:document-meta {NAMESPACES}>{meta}</office:document-meta>"


class _Drawing:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.labels = document.labels
        self.tables = 0

    def content_xml(self) -> str:
        text = element("office:text", self._cover(), self._contents(), *self._tops())
        inner = self._automatic() + element("office:body", text)
        return f"{XML}<office:document-content {NAMESPACES}>{inner}</office:document-content>"

    def _automatic(self) -> str:
        cell = {"fo:border": "0.5pt solid #555555", "fo:padding": "1mm"}
        table = element(
            "style:table-properties",
            **{
                "style:width": "166mm",
                "table:align": "margins",
                "style:writing-mode": "rl-tb" if self.labels.direction == "rtl" else "lr-tb",
            },
        )
        return element(
            "office:automatic-styles",
            element("style:style", table, **{"style:name": "Table", "style:family": "table"}),
            element(
                "style:style",
                element("style:table-cell-properties", **cell),
                **{"style:name": "Bordered", "style:family": "table-cell"},
            ),
        )

    def _cover(self) -> str:
        document, cover = self.document, self.document.cover
        draft = paragraph("Draft", span(self.labels.draft)) if document.is_draft else ""
        title = paragraph("Title", span(cover.title if cover else document.title))
        lines = []
        for block in cover.blocks if cover else ():
            if isinstance(block, Paragraph):
                is_name = all(part.kind in ("value", "blank") for part in block.spans)
                lines.append(paragraph("CoverName" if is_name else "Cover", self._spans(block.spans)))
        return "".join([draft, title, *lines])

    def _contents(self) -> str:
        entries = [
            paragraph("Contents", element("text:a", span(top.heading), **_link(top.key)))
            for top in self.document.tops
            if top.title
        ]
        return "".join([paragraph("ContentsHeading", span(self.labels.contents)), *entries])

    def _tops(self) -> list[str]:
        return [self._top(top, index == 0) for index, top in enumerate(self.document.tops)]

    def _top(self, top: Clause, first: bool) -> str:
        style = "First" if first or top.role == "annex" else "Heading"
        heading = element("text:h", self._heading(top), **{"text:style-name": style, "text:outline-level": "1"})
        if top.clauses and top.clauses[0].role == "signature":
            return heading + self._blocks(top.blocks, "Text") + self._signatures(top.clauses)
        return heading + self._blocks(top.blocks, "Text") + "".join(self._part(part) for part in top.clauses)

    def _heading(self, top: Clause) -> str:
        """The bookmark of a clause holds what references show: its number, or its title where it has none."""
        keys = [top.key, *([top.absorbed] if top.absorbed else [])]
        label, number = top.label, top.number if top.number and top.number in top.label else ""
        if top.role == "annex":
            number = label
        before, _, after = label.partition(number) if number else (label, "", "")
        rest = f"{top.separator if label else ''}{top.title}"
        if number:
            return span(before) + _marked(keys, span(number)) + span(f"{after}{rest}")
        return span(f"{label}{top.separator}" if label else "") + _marked(keys, span(top.title))

    def _part(self, part: Clause) -> str:
        blocks = list(part.blocks)
        first = blocks.pop(0) if blocks and isinstance(blocks[0], Paragraph) else Paragraph(())
        assert isinstance(first, Paragraph)
        level = min(part.level, 5)
        title = span(part.title + self.labels.stop, bold=True) if part.title else ""
        inner = title + self._spans(first.spans)
        if part.label:
            head = paragraph(f"Part{level}", _marked([part.key], span(part.label)), TAB, inner)
        else:
            level = max(level - 1, 1)
            head = paragraph(self._under(level), _marked([part.key], ""), inner)
        return "".join(
            [head, self._blocks(tuple(blocks), self._under(level)), *(self._part(child) for child in part.clauses)]
        )

    def _under(self, level: int) -> str:
        return f"Under{level}" if level >= 2 else "Text"

    def _blocks(self, blocks: tuple[Block, ...], style: str) -> str:
        return "".join(self._block(block, style) for block in blocks)

    def _block(self, block: Block, style: str) -> str:
        if isinstance(block, Paragraph):
            return paragraph(style, self._spans(block.spans))
        if isinstance(block, BulletList):
            return "".join(paragraph("Under2", span("– "), self._spans(item)) for item in block.items)
        if isinstance(block, Table):
            rows = [[span(text, bold=True) for text in block.header]]
            rows += [[self._spans(cell) for cell in row] for row in block.rows]
            return self._table([[paragraph("Cell", cell) for cell in row] for row in rows], header=True)
        return paragraph("Line")

    def _table(self, rows: list[list[str]], *, header: bool) -> str:
        self.tables += 1
        columns = element("table:table-column", **{"table:number-columns-repeated": str(len(rows[0]))})
        style = {"table:style-name": "Bordered"} if header else {}
        made = [
            element("table:table-row", *(element("table:table-cell", cell, **style) for cell in row)) for row in rows
        ]
        if header:
            made[0] = element("table:table-header-rows", made[0])
        names = {"table:name": f"Table{self.tables}", "table:style-name": "Table"}
        return element("table:table", columns, *made, **names) + paragraph("Text")

    def _signatures(self, parts: tuple[Clause, ...]) -> str:
        """Side by side, in two rows, so that the lines to sign on stand at one height."""
        above, below = [], []
        for part in parts:
            at = next((i for i, b in enumerate(part.blocks) if isinstance(b, SignatureLine)), len(part.blocks))
            above.append(paragraph("Text", _marked([part.key], "")) + self._blocks(part.blocks[:at], "Text"))
            below.append(self._blocks(part.blocks[at:], "Text") or paragraph("Text"))
        return self._table([above, below], header=False)

    def _spans(self, spans: Spans) -> str:
        return "".join(self._span(part) for part in spans)

    def _span(self, part: Span) -> str:
        if part.kind == "break":
            return "<text:line-break/>"
        if part.kind == "reference":
            return self._reference(part)
        return span(part.text, bold=part.bold)

    def _reference(self, part: Span) -> str:
        """The word beside the number stays text; what the heading gives is a live field."""
        is_annex = any(annex.key == part.key for annex in self.document.annexes)
        live = part.text if is_annex or not part.number else part.number
        before, _, after = part.text.partition(live)
        field = element(
            "text:bookmark-ref",
            span(live),
            **{"text:reference-format": "text", "text:ref-name": _name(part.key)},
        )
        return span(before) + field + span(after)


def _name(key: str) -> str:
    return f"ref-{key}"


def _link(key: str) -> dict[str, str]:
    return {"xlink:type": "simple", "xlink:href": f"#{_name(key)}"}


def _marked(keys: list[str], inner: str) -> str:
    names = [{"text:name": _name(key)} for key in keys]
    start = "".join(element("text:bookmark-start", **name) for name in names)
    end = "".join(element("text:bookmark-end", **name) for name in reversed(names))
    return f"{start}{inner}{end}"
