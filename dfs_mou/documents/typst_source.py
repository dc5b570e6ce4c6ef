"""Writes a document as Typst source. Every text goes in as a string literal: no answer can become markup."""

from __future__ import annotations

import json
import re

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
from dfs_mou.documents.labels import Labels
from dfs_workflow.documents.fonts import drawable
from dfs_workflow.documents.typst import TYPST_LANGUAGE, font_setting, literal, typst_date

PREAMBLE = """
#set par(justify: false, leading: 0.62em, spacing: 0.85em)
#set enum(number-align: start + top, body-indent: 0pt, indent: 0pt, spacing: 0.8em)
#set list(marker: [–], indent: 1mm, body-indent: 3mm, spacing: 0.7em)
#let navy = rgb("#12335c")
#show heading: it => block(above: 1.5em, below: 0.75em, sticky: true,
  text(12.5pt, navy, weight: "bold", it.body))
#show link: it => text(navy, it)
#show outline.entry: it => block(spacing: 0.55em, link(it.element.location(), grid(
  columns: (1fr, 8mm), column-gutter: 2mm,
  [#it.element.body #box(width: 1fr, repeat(gap: 1.2mm)[.])], align(end + bottom, it.page()))))
#set table(stroke: 0.5pt + rgb("#555"), inset: (x: 1.6mm, y: 1.7mm))
#show table.cell: set text(8.5pt)
#show table.cell.where(y: 0): set text(weight: "bold")
#show figure: set block(breakable: true)
#show figure.caption: it => block(width: 100%, below: 0.6em, align(start, text(8.5pt, it.body)))
#set figure(numbering: none, supplement: none)
#set figure.caption(position: top)
// A few lines too many for a page are set a little smaller; a longer list breaks as it comes.
#let contents(title) = layout(page => {
  // Letters of one height, for a line of Arabic would take a third more.
  let list(size) = { set text(size, top-edge: 0.72em, bottom-edge: "baseline"); outline(title: title) }
  let fits(size) = measure(width: page.width, list(size)).height <= page.height
  let found = (10pt, 9.5pt, 9pt).find(fits)
  list(if found == none { 10pt } else { found })
})
#let parts(labels, width, ..items) = enum(numbering: n => box(width: width, labels.at(n - 1)), ..items)
"""

# Without the scripts and signs between which a line may end anyhow.
LONG_WORD = re.compile(r"[^\s\u2e80-\U0010ffff]{100}(?=[^\s\u2e80-\U0010ffff])")


def typst_source(document: Document) -> str:
    return Drawing(document).source()


def attachments(*documents: Document) -> str:
    """The answers and the text as data inside the file, so that a program can read or make it again."""
    data = {f"document-{document.language}.json": (document.to_json(), "data") for document in documents}
    if documents[0].source:
        data["answers.json"] = (documents[0].source, "source")
    return "\n".join(
        f"#pdf.attach({literal(name)}, bytes({literal(json.dumps(content, ensure_ascii=False, sort_keys=True))}), "
        f'relationship: "{relation}", mime-type: "application/json", description: {literal(name)})'
        for name, (content, relation) in data.items()
    )


def page_number(labels: Labels) -> str:
    before, _, rest = (labels.page % {"page": "\x01", "pages": "\x02"}).partition("\x01")
    between, _, after = rest.partition("\x02")
    return (
        f"#{literal(before)}#counter(page).display()#{literal(between)}#counter(page).final().first()#{literal(after)}"
    )


class Drawing:
    """`prefix` stands before every label, where two texts are in one file."""

    def __init__(self, document: Document, prefix: str = "") -> None:
        self.document = document
        self.prefix = prefix
        self.labels = document.labels
        self.rtl = self.labels.direction == "rtl"

    def source(self) -> str:
        tops = self.document.tops
        return "\n".join(
            [
                self._settings(),
                PREAMBLE,
                self._cover(),
                f"#pagebreak()\n#contents({literal(self.labels.contents)})\n#pagebreak()",
                *(self._top(top) for top in tops),
            ]
        )

    def text(self, words: str) -> str:
        """A word longer than a line may end anywhere: one of 100,000 letters is no line that a PDF could hold."""
        return literal(LONG_WORD.sub("\\g<0>\u200b", drawable(words, self.document.language)))

    def _settings(self) -> str:
        document, labels = self.document, self.labels
        language, region = TYPST_LANGUAGE.get(document.language, (document.language, ""))
        where = f", region: {literal(region)}" if region else ""
        keywords = f"{document.template} {document.version}"
        return (
            f"#set document(title: {literal(document.title)}, date: {typst_date(document.date)}, "
            f"description: {literal(labels.notice)}, "
            f"keywords: ({literal(keywords)}, {literal('sha256:' + document.sha256)}))\n"
            f"{attachments(document)}\n"
            f"#set text(lang: {literal(language)}{where}, font: {font_setting(document.language)}, size: 10pt, "
            f"dir: {labels.direction}, fallback: false)\n"
            f'#set page(paper: "a4", margin: (x: 22mm, top: 24mm, bottom: 27mm), '
            f"header: {self._header()}, footer: {self._footer()})"
        )

    def _header(self) -> str:
        draft = literal(self.labels.draft if self.document.is_draft else "")
        return (
            "context if counter(page).get().first() > 1 { "
            f"text(8pt, luma(70))[#{self.text(self.document.title)} #h(1fr) #strong({draft})] }}"
        )

    def _footer(self) -> str:
        return (
            f"context text(7.5pt, luma(70))[#{literal(self.labels.notice)} #h(1fr) {page_number(self.labels)}"
            f" #linebreak() #{literal(self.document.footer)}]"
        )

    def _cover(self) -> str:
        cover = self.document.cover
        title = cover.title if cover else self.document.title
        draft = f'#text(11pt, rgb("#9b1c1c"), strong({literal(self.labels.draft)}))\n\n'
        lines = [
            "#align(center)[",
            draft if self.document.is_draft else "",
            "#v(52mm)",
            f'#text(25pt, navy, weight: "bold", {self.text(title)})\n\n#v(6mm)',
        ]
        for block in cover.blocks if cover else ():
            if isinstance(block, Paragraph):
                is_name = all(span.kind in ("value", "blank") for span in block.spans)
                style = '15pt, weight: "bold"' if is_name else "12.5pt, luma(70)"
                lines.append(f"#text({style})[{self.spans(block.spans)}]\n\n#v(2mm)")
        return "\n".join([*lines, "]"])

    def _top(self, top: Clause) -> str:
        before = "#pagebreak(weak: true)\n" if top.role == "annex" else ""
        heading = f"#[#heading(level: 1, {self.text(top.heading)}) #label({literal(self.prefix + top.key)})]"
        body = f"{heading}\n\n{self.blocks(top.blocks)}\n\n{self._parts(top.clauses)}\n"
        if top.clauses and top.clauses[0].role == "signature":  # nobody signs a page without its heading
            body = f"#block(breakable: false, width: 100%, above: 1.5em)[{body}]"
        return before + body

    def _parts(self, parts: tuple[Clause, ...]) -> str:
        if not parts:
            return ""
        if parts[0].role == "signature":
            return self._signatures(parts)
        bodies = [
            f"[{self._part_title(part)}{self.blocks(part.blocks)}\n\n{self._parts(part.clauses)}]" for part in parts
        ]
        if parts[0].style == "none":
            return "\n\n".join(f"#block(width: 100%){body}" for body in bodies)
        labels = ", ".join(literal(part.label) for part in parts)
        width = "12mm" if parts[0].level == 2 else "10mm"
        return f"#parts(({labels},), {width}, {', '.join(bodies)})"

    def _part_title(self, part: Clause) -> str:
        return f"#strong({self.text(part.title)})\n\n" if part.title else ""

    def _signatures(self, parts: tuple[Clause, ...]) -> str:
        above, below = [], []
        for part in parts:
            at = next((i for i, b in enumerate(part.blocks) if isinstance(b, SignatureLine)), 0)
            above.append(f"[{self.blocks(part.blocks[:at])}]")
            below.append(f"[#v(16mm)#line(length: 100%, stroke: 0.6pt)\n\n{self.blocks(part.blocks[at + 1 :])}]")
        columns = ", ".join(["1fr"] * len(parts))
        cells = ", ".join([*above, *below])
        return (
            f"#block(breakable: false, width: 100%, above: 2em, "
            f"grid(columns: ({columns},), column-gutter: 14mm, row-gutter: 4mm, {cells}))"
        )

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        return "\n\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self.spans(block.spans)
        if isinstance(block, BulletList):
            return f"#list({', '.join(f'[{self.spans(item)}]' for item in block.items)})"
        if isinstance(block, Table):
            return self._table(block)
        return "#v(14mm)#line(length: 60%, stroke: 0.6pt)"

    def _table(self, table: Table) -> str:
        head = ", ".join(f"[#{literal(text)}]" for text in table.header)
        rows = ", ".join(f"[{self.spans(cell)}]" for row in table.rows for cell in row)
        columns = ", ".join(["1.3fr", *(["1fr"] * (len(table.header) - 1))])
        body = f'table(columns: ({columns},), align: start, fill: (x, y) => if y == 0 {{ rgb("#e7ecf3") }}, '
        return f"#figure(caption: {literal(table.caption)}, {body}table.header({head}), {rows}))"

    def spans(self, spans: Spans) -> str:
        return "".join(self._span(span) for span in spans)

    def _span(self, span: Span) -> str:
        if span.kind == "break":
            return "#linebreak()"
        if span.kind == "reference":
            return f"#link(label({literal(self.prefix + span.key)}))[#{literal(span.text)}]"
        if span.bold:
            return f"#strong({self.text(span.text)})"
        return f"#{self.text(span.text)}"
