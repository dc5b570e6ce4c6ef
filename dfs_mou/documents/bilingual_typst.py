"""Writes a document in two languages as Typst source: a grid of two columns, each row a clause and its counterpart."""

from __future__ import annotations

from itertools import groupby

from dfs_mou.documents.bilingual import Bilingual, Row, signature_blocks
from dfs_mou.documents.document import Clause, Document
from dfs_mou.documents.typst_source import (
    PREAMBLE,
    Drawing,
    attachments,
    page_number,
)
from dfs_workflow.documents.typst import TYPST_LANGUAGE, font_setting, literal, typst_date

NARROW = "#show table.cell: set text(6.5pt, hyphenate: true)\n#set table(inset: (x: 0.8mm, y: 1.2mm))"
INDENT = {2: "0mm", 3: "6mm", 4: "12mm"}
WIDTH = {2: "10mm", 3: "8mm", 4: "8mm"}


def bilingual_source(pair: Bilingual) -> str:
    return _Columns(pair).source()


class _Columns:
    def __init__(self, pair: Bilingual) -> None:
        self.pair = pair
        prefixes = ("", f"{pair.second.language}--")
        self.drawings = [Drawing(document, prefix) for document, prefix in zip(pair.documents, prefixes, strict=True)]

    def source(self) -> str:
        parts = [self._settings(), PREAMBLE, NARROW]
        for show, rows in groupby(self.pair.rows(), lambda row: row.show):
            drawn = [self._row(row) for row in rows]
            before = "#pagebreak()\n" if show == "contents" else ""
            head = self._grid([self._contents_title(d) for d in self.drawings]) if show == "contents" else ""
            after = "#pagebreak()" if show == "contents" else ""
            parts += [before, head, *drawn, after]
        return "\n".join(parts)

    def _settings(self) -> str:
        pair, first = self.pair, self.pair.first
        keywords = f"{first.template} {first.version}"
        return (
            f"#set document(title: {literal(pair.title)}, date: {typst_date(first.date)}, "
            f"description: {literal(first.labels.notice)}, "
            f"keywords: ({literal(keywords)}, {literal('sha256:' + pair.sha256)}))\n"
            f"{attachments(*pair.documents)}\n"
            f"#set text({self._language(first)}, size: 9pt, fallback: false)\n"
            f'#set page(paper: "a4", margin: (x: 17mm, top: 22mm, bottom: 34mm), '
            f"header: {self._header()}, footer: {self._footer()})"
        )

    def _language(self, document: Document) -> str:
        language, region = TYPST_LANGUAGE.get(document.language, (document.language, ""))
        fonts = font_setting(document.language, *(other.language for other in self.pair.documents))
        where = f", region: {literal(region)}" if region else ""
        return f"lang: {literal(language)}{where}, dir: {document.labels.direction}, font: {fonts}"

    def _header(self) -> str:
        drafts = " / ".join(document.labels.draft for document in self.pair.documents)
        draft = literal(drafts if self.pair.first.is_draft else "")
        title = self._side_text(self.pair.first, self.drawings[0].text(self.pair.first.title))
        return f"context if counter(page).get().first() > 1 {{ text(8pt, luma(70))[{title} #h(1fr) #strong({draft})] }}"

    def _footer(self) -> str:
        cells = [
            f"#{literal(document.labels.notice)} #linebreak() #{literal(self.pair.footer_of(document))}"
            for document in self.pair.documents
        ]
        number = page_number(self.pair.first.labels)
        return f"context text(7pt, luma(70))[{self._grid(cells)} #align(center)[{number}]]"

    def _side_text(self, document: Document, text: str) -> str:
        return f"#text({self._language(document)})[#{text}]"

    def _grid(self, cells: list[str], *, above: str = "0.6em", below: str = "0.6em") -> str:
        drawn = ", ".join(
            f"[#set text({self._language(self.pair.documents[side])})\n#set align(start)\n{cells[side]}]"
            for side in self.pair.sides
        )
        return (
            f"#block(width: 100%, above: {above}, below: {below})[#set text(dir: ltr)\n"
            f"#grid(columns: (1fr, 1fr), column-gutter: 8mm, {drawn})]"
        )

    def _contents_title(self, drawing: Drawing) -> str:
        return f'#text(13pt, navy, weight: "bold", {literal(drawing.labels.contents)})'

    def _row(self, row: Row) -> str:
        cells = [
            self._cell(row, cell, drawing) if cell else ""
            for cell, drawing in zip(row.cells, self.drawings, strict=True)
        ]
        if row.show == "contents":
            return self._grid(cells, above="0.5em", below="0.5em")
        above = "1.6em" if row.show == "heading" else "0.9em"
        grid = self._grid(cells, above=above)
        if row.show == "heading" and row.is_annex:
            return f"#pagebreak(weak: true)\n{grid}"
        if row.show in ("heading", "above"):  # stays on the page of what follows
            return f"#block(sticky: true, width: 100%, above: {above})[{grid}]"
        return grid

    def _cell(self, row: Row, clause: Clause, drawing: Drawing) -> str:
        if row.show == "cover":
            return self._cover(clause, drawing)
        if row.show == "contents":
            target = f"label({literal(drawing.prefix + clause.key)})"
            page = f"#context counter(page).at({target}).first()"
            entry = f"[#{drawing.text(clause.heading)}], align(end + bottom)[{page}]"
            small = '#set text(8.5pt, top-edge: 0.72em, bottom-edge: "baseline")\n#set par(leading: 0.4em)\n'
            return f"{small}#link({target})[#grid(columns: (1fr, 7mm), {entry})]"
        if row.show == "heading":
            heading = f"heading(level: 1, outlined: false, {drawing.text(clause.heading)})"
            return f"#[#{heading} #label({literal(drawing.prefix + clause.key)})]"
        if row.show == "text":
            return drawing.blocks(clause.blocks)
        if row.show in ("above", "line"):
            return drawing.blocks(signature_blocks(clause, row.show))
        return self._part(row, clause, drawing)

    def _part(self, row: Row, clause: Clause, drawing: Drawing) -> str:
        level = min(row.level, 4)
        title = f"#strong({drawing.text(clause.title)})\n\n" if clause.title else ""
        body = f"{title}{drawing.blocks(clause.blocks)}"
        if not clause.label:
            return f"#pad(x: 0mm)[{body}]"
        return f"#grid(columns: ({INDENT[level]}, {WIDTH[level]}, 1fr), [], [#{literal(clause.label)}], [{body}])"

    def _cover(self, clause: Clause, drawing: Drawing) -> str:
        draft = f'#text(11pt, rgb("#9b1c1c"), strong({literal(drawing.labels.draft)}))\n\n'
        title = f'#v(45mm)#text(19pt, navy, weight: "bold", {drawing.text(clause.title)})\n\n#v(4mm)'
        blocks = [f"#text(12pt)[{drawing.blocks((block,))}]\n\n#v(1mm)" for block in clause.blocks]
        return "\n".join(["#align(center)[", draft if drawing.document.is_draft else "", title, *blocks, "]"])
