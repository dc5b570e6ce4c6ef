"""Draws a document in two languages as a Word file: one table, each row a clause and its counterpart.

Labels are typed text here: a list can't count in two languages in one table. References are links.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document as open_document
from docx.oxml.ns import qn

from dfs_mou.documents.bilingual import Bilingual, Row, signature_blocks
from dfs_mou.documents.document import Block, BulletList, Clause, Document, Paragraph, Span, Spans, Table
from dfs_mou.documents.docx import fill_edges
from dfs_mou.documents.docx_package import set_properties
from dfs_mou.documents.docx_styles import house_style
from dfs_mou.documents.docx_tables import cell_of, frame, signature_line
from dfs_mou.documents.docx_writer import Writer
from dfs_workflow.documents.docx_package import frozen
from dfs_workflow.documents.docx_xml import bookmark_name, element, run

INDENT = {2: (567, 567), 3: (1021, 454), 4: (1475, 454)}  # level → start, hanging, in twips


def render(pair: Bilingual, look: str = "") -> bytes:
    word = open_document(io.BytesIO(house_style(pair.documents[pair.sides[0]].language, look)))
    _Columns(word, pair).draw()
    set_properties(word, pair.first)
    properties = word.core_properties
    properties.title = pair.title[:250]
    properties.comments = f"{pair.first.labels.notice}. sha256:{pair.sha256}"
    return frozen(word)


class _Columns:
    def __init__(self, word: Any, pair: Bilingual) -> None:
        self.word = word
        self.pair = pair
        self.writers = [_Side(word, document) for document in pair.documents]
        self.column = self.writers[0].width // 2

    def draw(self) -> None:
        """The cover, the contents and the text: a table each, on a page of its own."""
        section = self.writers[0].section
        for index, rows in enumerate(self._tables()):
            if index:
                section.addprevious(self.writers[0].paragraph("MOU Text 1", [], element("pageBreakBefore")))
            table = frame(self.writers[0], [self.column] * 2, self.pair.title, borders=False)
            table.find(qn("w:tblPr")).remove_all("w:bidiVisual")
            table.extend(rows)
            section.addprevious(table)
        section.addprevious(self.writers[0].paragraph("MOU Text 1", []))
        writers = [self.writers[side] for side in self.pair.sides]
        fill_edges(
            self.word,
            writers[0],
            title=self.pair.title,
            draft=" / ".join(w.document.labels.draft for w in writers) if self.pair.first.is_draft else "",
            lines=[(w, text) for w in writers for text in (w.document.labels.notice, self.pair.footer_of(w.document))],
        )

    def _tables(self) -> list[list[Any]]:
        titles = [[w.styled("MOU Heading", w.text(w.document.labels.contents))] for w in self.writers]
        cover: list[Any] = []
        contents: list[Any] = [self._drawn(titles)]
        text: list[Any] = []
        for row in self.pair.rows():
            into = cover if row.show == "cover" else contents if row.show == "contents" else text
            into.append(self._drawn(self._cells(row), keep=row.show == "heading"))
        return [cover, contents, text]

    def _cells(self, row: Row) -> list[list[Any]]:
        return [
            writer.cell(row, clause) if clause else [] for writer, clause in zip(self.writers, row.cells, strict=True)
        ]

    def _drawn(self, cells: list[list[Any]], *, keep: bool = False) -> Any:
        ordered = [
            cell_of(self.column, cells[side] or [self.writers[side].styled("MOU Text 1", [])])
            for side in self.pair.sides
        ]
        return element("tr", element("trPr", element("cantSplit")), *ordered) if keep else element("tr", *ordered)


class _Side(Writer):
    """Writes the cells of one language; its direction is set on every paragraph."""

    def __init__(self, word: Any, document: Document) -> None:
        super().__init__(word, document)
        self.prefix = f"{document.language}-"
        self.bookmarks = 0 if document.labels.direction == "ltr" else 50_000
        self.bookmarks += sum(map(ord, document.language)) * 1000

    def styled(self, style: str, runs: list[Any], *properties: Any) -> Any:
        made = self.paragraph(style, runs)
        inner = made.find(qn("w:pPr"))
        inner.append(element("bidi", val=1 if self.rtl else 0))
        for one in properties:
            inner.append(one)
        return made

    def marked(self, made: Any, key: str) -> Any:
        self.bookmark(made, self.prefix + key)
        return made

    def cell(self, row: Row, clause: Clause) -> list[Any]:
        if row.show == "cover":
            return self._cover(clause)
        if row.show == "contents":
            name = bookmark_name(self.prefix + clause.key)
            return [self.styled("toc 1", [element("hyperlink", *self.text(clause.heading), anchor=name, history=1)])]
        if row.show == "heading":
            return [self.marked(self.styled("MOU Heading", self.text(clause.heading)), clause.key)]
        if row.show == "text":
            return self._blocks(clause.blocks)
        if row.show in ("above", "line"):
            return self._blocks(signature_blocks(clause, row.show), style="MOU Signature")
        return self._part(row, clause)

    def _cover(self, clause: Clause) -> list[Any]:
        made = [self.styled("MOU Draft", self.text(self.document.labels.draft))] if self.document.is_draft else []
        made.append(self.styled("Title", self.text(clause.title)))
        return [*made, *(p for block in clause.blocks for p in self._block(block, "MOU Cover"))]

    def _part(self, row: Row, clause: Clause) -> list[Any]:
        blocks = list(clause.blocks)
        first = blocks.pop(0) if blocks and isinstance(blocks[0], Paragraph) else Paragraph(())
        assert isinstance(first, Paragraph)
        title = self.text(clause.title + self.document.labels.stop, bold=True) if clause.title else []
        label = [*self.text(clause.label), run(element("tab"))] if clause.label else []
        left, hanging = INDENT[min(row.level, 4)] if clause.label else (0, 0)
        indent = element("ind", left=left, hanging=hanging)
        made = self.styled("MOU Text 1", [*label, *title, *self.spans(first.spans)], indent)
        return [self.marked(made, clause.key), *self._blocks(tuple(blocks))]

    def _blocks(self, blocks: tuple[Block, ...], style: str = "MOU Text 1") -> list[Any]:
        return [paragraph for block in blocks for paragraph in self._block(block, style)]

    def _block(self, block: Block, style: str) -> list[Any]:
        if isinstance(block, Paragraph):
            return [self.styled(style, self.spans(block.spans))]
        if isinstance(block, BulletList):
            return [self.styled("MOU Text 1", [*self.text("– "), *self.spans(item)]) for item in block.items]
        if isinstance(block, Table):
            return self._table(block)
        return [signature_line(self)]

    def _table(self, table: Table) -> list[Any]:
        """A table in a column would be too narrow: each row becomes a paragraph that names its columns."""
        labels = self.document.labels
        made = [self.styled("MOU Text 1", self.text(table.caption, bold=True))]
        for row in table.rows:
            runs: list[Any] = []
            for name, cell in zip(table.header, row, strict=True):
                shown = cell if any(span.text for span in cell) else (Span("blank", "________"),)
                runs += [*self.text(name + labels.colon, bold=True), *self.spans(shown), *self.text(labels.semicolon)]
            made.append(self.styled("MOU Text 1", runs[:-1]))
        return made

    def spans(self, spans: Spans, *, bold: bool = False) -> list[Any]:
        runs: list[Any] = []
        for span in spans:
            if span.kind == "reference":
                name = bookmark_name(self.prefix + span.key)
                runs.append(element("hyperlink", *self.text(span.text), anchor=name, history=1))
            else:
                runs += super().spans((span,), bold=bold)
        return runs
