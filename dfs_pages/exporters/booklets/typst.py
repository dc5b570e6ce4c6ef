"""Draws a booklet as a tagged PDF with the shared compiler. Every text goes in as a string literal."""

import datetime
from collections.abc import Iterator
from typing import Any

import lxml.html
from django.utils.translation import get_language_info

from dfs_pages.exporters.booklets.booklet import Booklet, Part
from dfs_pages.exporters.booklets.tidy import ADDRESS, BLOCKS, names_a_list
from dfs_pages.exporters.booklets.words import Words
from dfs_workflow.documents.fonts import drawable, fonts_of
from dfs_workflow.documents.typst import TYPST_LANGUAGE, check_fonts, compile_typst, literal, typst_date

SECONDS = 600  # in the background, for thousands of statements
PREAMBLE = """
#let navy = rgb("#12335c")
#let grey = luma(70)
#set par(justify: false, leading: 0.62em, spacing: 0.9em)
#set list(marker: [–], indent: 1mm, body-indent: 3mm, spacing: 0.7em)
#set enum(number-align: start + top, indent: 1mm, spacing: 0.7em)
#show heading: set text(navy, hyphenate: false)
#show heading: set block(sticky: true)
#show heading.where(level: 1): set text(19pt)
#show heading.where(level: 1): set block(below: 1em)
#show heading.where(level: 2): set text(14pt)
#show heading.where(level: 2): set block(above: 1.8em, below: 0.9em)
#show heading.where(level: 3): set text(11.5pt)
#show heading.where(level: 3): set block(above: 1.6em, below: 0.7em)
#show heading.where(level: 4): set text(10.5pt)
#show heading.where(level: 5): set text(10pt)
#show link: it => text(navy, it)
#show outline.entry.where(level: 1): set text(weight: "bold")
#show outline.entry.where(level: 1): set block(above: 1.1em)
#set table(stroke: 0.5pt + rgb("#555"), inset: (x: 1.6mm, y: 1.7mm))
#show table.cell: set text(8.5pt)
#show table.cell.where(y: 0): set text(weight: "bold")
#show figure: set block(breakable: true)
#show figure.caption: it => block(width: 100%, below: 0.6em, align(start, text(8.5pt, it.body)))
#set figure(numbering: none, supplement: none)
#show figure.where(kind: table): set figure.caption(position: top)
#let bar(side) = block.with(width: 100%, inset: ((side): 4mm, y: 1mm), stroke: ((side): 1.5pt + navy))
#let said(body) = context bar(if text.dir == rtl { "right" } else { "left" })(text(10.5pt, body))
#let aside(body) = block(width: 100%, inset: 3mm, fill: rgb("#eef2f7"), body)
#let code(body) = block(width: 100%, inset: 3mm, fill: luma(245), text(8.5pt, dir: ltr, align(left, body)))
#let address(body) = block(above: 0.6em, sticky: true, text(8pt, grey, dir: ltr, body))
#let note(body) = text(9pt, grey, style: "italic", body)
"""


def render_pdf(booklet: Booklet) -> bytes:
    check_fonts()
    day = datetime.datetime.fromisoformat(booklet.date).replace(tzinfo=datetime.UTC)
    return compile_typst(Drawing(booklet).source(), timestamp=int(day.timestamp()), seconds=SECONDS)


class Drawing:
    def __init__(self, booklet: Booklet) -> None:
        self.booklet, self.words = booklet, Words(booklet)
        self.language = booklet.language
        self.anchors = {part.anchor for part in booklet.parts}

    def source(self) -> str:
        depth = 2 if sum(part.begins for part in self.booklet.parts) > 3 else 3
        parts = [
            self.settings(),
            PREAMBLE,
            self.cover(),
            f"#pagebreak()\n#outline(title: {self.text(self.words.contents)}, depth: {depth})",
            *(self.part(part) for part in self.booklet.parts),
            self.table_of_abbreviations(),
        ]
        return "\n".join(parts)

    def text(self, words: str) -> str:
        """What no shipped font can draw is named by its number: one character must not stop a whole booklet."""
        return literal(drawable(words, self.language))

    def settings(self) -> str:
        booklet = self.booklet
        head = f"{self.text(booklet.title)} + h(1fr) + {self.text(booklet.state)}"
        foot = f"{self.text(self.words.not_official)} + h(1fr) + counter(page).display()"
        inside = "context if counter(page).get().first() > 1"
        head, foot = (f"{inside} {{ text(8pt, luma(70), {edge}) }}" for edge in (head, foot))
        return (
            f"#set document(title: {self.text(booklet.title)}, date: {typst_date(booklet.date)}, "
            f"description: {self.text(self.words.not_official)}, keywords: ({literal('sha256:' + booklet.sha256)},))\n"
            f"#set text({self.language_settings(booklet.language)}, size: 10pt, fallback: false)\n"
            f'#set page(paper: "a4", margin: (x: 24mm, top: 26mm, bottom: 25mm), '
            f"header: {head}, footer: {foot})"
        )

    def language_settings(self, code: str) -> str:
        language, region = TYPST_LANGUAGE.get(code, (code.split("-")[0], ""))
        where = f"region: {literal(region)}, " if region else ""
        fonts = ", ".join(literal(font) for font in fonts_of(code))
        direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
        return f"lang: {literal(language)}, {where}dir: {direction}, font: ({fonts},)"

    def cover(self) -> str:
        booklet = self.booklet
        notices = "\n\n".join(f"#{self.text(notice)}" for notice in booklet.notices)
        return (
            f"#v(45mm)\n#text(11pt, luma(70), {self.text(booklet.site)})\n\n#v(3mm)\n"
            f'#text(26pt, navy, weight: "bold", hyphenate: false, {self.text(booklet.title)})\n\n#v(6mm)\n'
            f"#text(12pt, {self.text(booklet.state)})\n\n{self.link(booklet.address)}\n#v(1fr)\n#aside[{notices}]\n"
        )

    def link(self, address: str) -> str:
        return f"#address(link({literal(address)}, {literal(address)}))"

    def part(self, part: Part) -> str:
        before = "#pagebreak(weak: true)\n" if part.begins and part.level <= 2 else ""
        if not part.language:
            return before + self.inside(part)
        self.language = part.language
        drawn = self.inside(part)
        self.language = self.booklet.language
        return f"{before}#[#set text({self.language_settings(part.language)})\n{drawn}]"

    def inside(self, part: Part) -> str:
        heading = f"#[#heading(level: {part.level}, {self.text(part.heading)}) #label({literal(part.anchor)})]"
        said = f"#said({self.text(part.statement)})" if part.statement else ""
        notes = [f"#note({self.text(note)})" for note in part.notes]
        body = "\n\n".join(self.blocks(lxml.html.fragment_fromstring(part.html, create_parent="div")))
        address = self.link(part.address) if part.address else ""
        return "\n\n".join(filter(None, [heading, address, said, *notes, body])) + "\n"

    def table_of_abbreviations(self) -> str:
        rows = self.booklet.abbreviations
        if not rows:
            return ""
        cells = ", ".join(f"[#{self.text(short)}], [#{self.text(long)}]" for short, long in rows)
        head = f"table.header([#{self.text(self.words.abbreviation)}], [#{self.text(self.words.meaning)}])"
        return (
            f"#pagebreak(weak: true)\n#heading(level: 1, {self.text(self.words.abbreviations)})\n"
            f"#table(columns: (auto, 1fr), align: start, {head}, {cells})"
        )

    # Blocks

    def blocks(self, root: Any) -> Iterator[str]:
        for element in root:
            yield getattr(self, f"draw_{element.tag}", self.draw_p)(element)

    def content(self, element: Any) -> str:
        """Of an item or cell: blocks, or words alone."""
        if any(child.tag in BLOCKS for child in element):
            return "\n\n".join(self.blocks(element))
        return self.phrases(element)

    def draw_p(self, element: Any) -> str:
        words = self.phrases(element)
        return f"#block(sticky: true)[{words}]" if names_a_list(element) else words

    def heading(self, element: Any) -> str:
        level = int(element.tag[1])
        return f"#heading(level: {level}, outlined: false, {self.text(element.text_content())})"

    draw_h2 = draw_h3 = draw_h4 = draw_h5 = draw_h6 = heading

    def draw_ul(self, element: Any) -> str:
        return f"#list({', '.join(f'[{self.content(item)}]' for item in element)})"

    def draw_ol(self, element: Any) -> str:
        return f"#enum({', '.join(f'[{self.content(item)}]' for item in element)})"

    def draw_dl(self, element: Any) -> str:
        terms = {"dt": "#block(sticky: true, below: 0.6em)[#strong[{}]]", "dd": "#pad(x: 4mm)[{}]"}
        return "\n\n".join(terms.get(child.tag, "{}").replace("{}", self.content(child)) for child in element)

    def draw_aside(self, element: Any) -> str:
        return f"#aside[{self.content(element)}]"

    def draw_blockquote(self, element: Any) -> str:
        return f"#quote(block: true)[{self.content(element)}]"

    def draw_pre(self, element: Any) -> str:
        return f"#code({self.text(element.text_content())})"

    def draw_figure(self, element: Any) -> str:
        if element.find(".//img") is None:
            return "\n\n".join(self.blocks(element))
        caption = element.find("figcaption")
        words = f", caption: [{self.phrases(caption)}]" if caption is not None else ""
        return f"#figure({self.image(element.find('.//img'))}{words})"

    def draw_figcaption(self, element: Any) -> str:
        return f"#note[{self.phrases(element)}]"

    def image(self, element: Any) -> str:
        data = self.booklet.pictures.get(element.get("src", ""))
        if data is None:
            return f"[#{self.text(element.get('alt') or '')}]"
        alt = element.get("alt") or self.words.picture
        return f"image(bytes(({', '.join(map(str, data))},)), width: 100%, alt: {self.text(alt)})"

    def draw_table(self, element: Any) -> str:
        rows = list(element.iter("tr"))
        columns = max((len(row) for row in rows), default=0)
        if not columns:
            return ""
        head = [row for row in rows if all(cell.tag == "th" for cell in row)][:1]
        cells = [self.cell(cell) for row in rows if row not in head for cell in padded(row, columns)]
        top = f"table.header({', '.join(self.cell(cell) for cell in padded(head[0], columns))}), " if head else ""
        fill = '(x, y) => if y == 0 { rgb("#e7ecf3") }' if head else "none"
        table = f"table(columns: ({'1fr, ' * columns}), align: start, fill: {fill}, {top}{', '.join(cells)})"
        caption = element.find("caption")
        words = f", caption: [{self.phrases(caption)}]" if caption is not None else ""
        return f"#figure({table}{words})" if words else f"#{table}"

    def cell(self, cell: Any) -> str:
        if cell is None:
            return "[]"
        inside = self.content(cell)
        return f"[#strong[{inside}]]" if cell.tag == "th" and cell.get("scope") == "row" else f"[{inside}]"

    # Words

    def phrases(self, element: Any) -> str:
        out = self.run(element.text)
        for child in element:
            out += self.phrase(child) + self.run(child.tail)
        return out

    def run(self, words: str | None) -> str:
        return f"#{self.text(words)}" if words else ""

    def addresses(self, words: str | None) -> str:
        """Only they: a whole paragraph of the other direction would lose its place beside the mark of its list."""
        pieces = enumerate(ADDRESS.split(words or ""))
        return "".join(f"#text(dir: ltr)[{self.run(piece)}]" if odd % 2 else self.run(piece) for odd, piece in pieces)

    def phrase(self, element: Any) -> str:
        tag = element.tag
        if tag == "br":
            return "#linebreak()"
        if tag == "img":
            return f"#{self.image(element)}"
        inside = self.phrases(element)
        if tag == "bdi" and element.get("dir") == "ltr":
            return self.addresses(element.text) + inside.removeprefix(self.run(element.text))
        if tag == "a":
            return self.reference(element.get("href", ""), inside)
        marks = {"b": "strong", "i": "emph", "sub": "sub", "sup": "super"}
        return f"#{marks[tag]}[{inside}]" if tag in marks else inside

    def reference(self, href: str, inside: str) -> str:
        anchor = self.booklet.anchor_of(href) or href.removeprefix("#")
        if anchor in self.anchors:
            return f"#link(label({literal(anchor)}))[{inside}]"
        return inside if href.startswith("#") or not href else f"#link({literal(href)})[{inside}]"


def padded(row: Any, columns: int) -> list[Any]:
    return [*row, *([None] * (columns - len(row)))]
