"""Draws a booklet as a Word file: real headings, lists and tables, live contents and page numbers."""

import datetime
import io
from typing import Any

import lxml.html
from docx import Document as open_document
from docx.oxml.ns import qn

from dfs_pages.exporters.booklets.booklet import Booklet, Part
from dfs_pages.exporters.booklets.docx_styles import NUMBER, house_style, instance, tag_of
from dfs_pages.exporters.booklets.docx_writer import Look, Writer
from dfs_pages.exporters.booklets.tidy import BLOCKS, HEADINGS, names_a_list
from dfs_pages.exporters.booklets.words import Words
from dfs_workflow.documents.docx_package import frozen
from dfs_workflow.documents.docx_styles import TEXT_WIDTH
from dfs_workflow.documents.docx_xml import bookmark_name, element, field_runs, run, text_element

TOC = r'TOC \o "1-3" \h \z \u'
FIRST_OWN = 10  # instances of numbered lists
BOLD, PLAIN = Look(bold=True), Look()


def render_docx(booklet: Booklet) -> bytes:
    word = open_document(io.BytesIO(house_style(booklet.language)))
    Drawing(word, booklet).draw()
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = booklet.title[:250], "", ""
    properties.subject, properties.language = booklet.state, tag_of(booklet.language)
    properties.comments = f"{booklet.address} sha256:{booklet.sha256}"
    properties.created = properties.modified = datetime.datetime.fromisoformat(booklet.date)
    properties.revision = 1
    return frozen(word)


class Drawing:
    def __init__(self, word: Any, booklet: Booklet) -> None:
        self.word, self.booklet, self.words = word, booklet, Words(booklet)
        self.out = Writer(word, booklet.language)
        self.lists = FIRST_OWN

    def draw(self) -> None:
        self.cover()
        self.contents()
        for part in self.booklet.parts:
            self.part(part)
        self.abbreviations()
        self.edges()

    def line(self, style: str, text: str, **properties: Any) -> Any:
        return self.out.append(self.out.paragraph(style, self.out.text(text), **properties))

    def cover(self) -> None:
        booklet = self.booklet
        self.line("Title", booklet.title)
        self.line("Booklet Cover", booklet.site)
        self.line("Booklet Cover", booklet.state)
        self.address(booklet.address)
        for notice in booklet.notices:
            self.line("Booklet Note", notice)

    def address(self, href: str) -> None:
        """Read from left to right, whatever stands around it."""
        made = element("hyperlink", self.out.run(href, PLAIN, latin=True), history=1)
        made.set(qn("r:id"), self.out.target(href))
        turned = [element("bidi", val=0), element("jc", val="right")] if self.out.rtl else []
        self.out.append(self.out.paragraph("Booklet Address", [made], after=turned))

    def contents(self) -> None:
        """A live field that already holds its entries, as links; an update in Word adds page numbers."""
        self.line("Booklet Contents", self.words.contents, before=[element("pageBreakBefore")])
        entries = [part for part in self.booklet.parts if part.level <= 3]
        for index, part in enumerate(entries):
            link = element("hyperlink", *self.out.text(part.heading), anchor=bookmark_name(part.anchor), history=1)
            paragraph = self.out.append(self.out.paragraph(f"toc {part.level}", [link]))
            if index == 0:
                begin = run(element("fldChar", fldCharType="begin"))
                code = run(text_element("instrText", f" {TOC} "))
                for made in (run(element("fldChar", fldCharType="separate")), code, begin):
                    paragraph.find(qn("w:pPr")).addnext(made)
            if index == len(entries) - 1:
                paragraph.append(run(element("fldChar", fldCharType="end")))

    def part(self, part: Part) -> None:
        self.out.language = part.language or self.booklet.language
        before = [element("pageBreakBefore")] if part.begins and part.level <= 2 else []
        self.out.bookmark(self.line(f"Heading {part.level}", part.heading, before=before), part.anchor)
        if part.address:
            self.address(part.address)
        if part.statement:
            self.line("Booklet Statement", part.statement)
        for note in part.notes:
            self.line("Booklet Note", note)
        self.blocks(lxml.html.fragment_fromstring(part.html, create_parent="div"), "Normal")
        self.out.language = self.booklet.language

    def abbreviations(self) -> None:
        rows = self.booklet.abbreviations
        if rows:
            self.line("Heading 1", self.words.abbreviations, before=[element("pageBreakBefore")])
            made = Table(self.out, [1, 3], self.words.abbreviations)
            made.row([self.cell_text(text, BOLD) for text in (self.words.abbreviation, self.words.meaning)], head=True)
            for row in rows:
                made.row([self.cell_text(text) for text in row])
            self.close(made)

    def cell_text(self, text: str, look: Look = PLAIN) -> list[Any]:
        return [self.out.paragraph("Booklet Table", self.out.text(text, look))]

    def close(self, made: "Table") -> None:
        """Two tables in a row would become one."""
        self.out.append(made.element)
        self.line("Normal", "")

    # Blocks

    def blocks(self, root: Any, style: str, level: int = 0) -> None:
        for node in root:
            self.block(node, style, level)

    def block(self, node: Any, style: str, level: int) -> None:
        tag = node.tag
        if tag in HEADINGS:
            self.line(f"Heading {min(int(tag[1]), 5)}", node.text_content())
        elif tag in ("ul", "ol"):
            self.items(node, level)
        elif tag == "table":
            self.table(node)
        elif tag == "pre":
            self.line("Booklet Code", node.text_content(), after=[element("bidi", val=0)] if self.out.rtl else [])
        elif tag in ("aside", "blockquote"):
            self.inside(node, "Booklet Aside" if tag == "aside" else "Booklet Quote", level)
        elif tag in ("figure", "dl"):
            self.blocks(node, style, level)
        elif tag == "img":
            self.picture(node)
        elif tag == "dt":
            self.words_of(node, style, BOLD)
        elif tag == "dd":
            self.inside(node, "Booklet Quote", level)
        else:
            keep = [element("keepNext")] if names_a_list(node) else []
            self.words_of(node, "Booklet Note" if tag == "figcaption" else style, before=keep)

    def words_of(self, node: Any, style: str, look: Look = PLAIN, **properties: Any) -> None:
        for picture in node.iter("img"):
            self.picture(picture)
        runs = self.out.phrases(node, look, self.booklet.anchor_of)
        if runs:
            self.out.append(self.out.paragraph(style, runs, **properties))

    def inside(self, node: Any, style: str, level: int) -> None:
        if any(child.tag in BLOCKS for child in node):
            self.blocks(node, style, level)
        else:
            self.words_of(node, style)

    def items(self, node: Any, level: int) -> None:
        number, style = 1, "Booklet Bullet"
        if node.tag == "ol":
            number, style, self.lists = self.lists, "Booklet Number", self.lists + 1
            self.word.part.numbering_part.element.append(instance(number, NUMBER, restart=True))
        label = [element("numPr", element("ilvl", val=min(level, 8)), element("numId", val=number))]
        for item in node:
            if not any(child.tag in BLOCKS for child in item):
                self.words_of(item, style, before=label)
                continue
            first, *rest = item
            if first.tag == "p":
                self.words_of(first, style, before=label)
            else:
                rest = [first, *rest]
            for child in rest:
                self.block(child, "Booklet Quote", level + 1)

    def picture(self, node: Any) -> None:
        data = self.booklet.pictures.get(node.get("src", ""))
        alt = node.get("alt") or self.words.picture
        runs = [self.out.picture(data, alt)] if data else self.out.text(f"[{alt}]")
        self.out.append(self.out.paragraph("Normal", runs))

    def table(self, node: Any) -> None:
        rows = list(node.iter("tr"))
        columns = max((len(row) for row in rows), default=0)
        if not columns:
            return
        caption = node.find("caption")
        if caption is not None:
            self.words_of(caption, "Booklet Note", before=[element("keepNext")])
        made = Table(self.out, [1] * columns, caption.text_content() if caption is not None else "")
        for index, row in enumerate(rows):
            is_head = index == 0 and all(cell.tag == "th" for cell in row)
            cells = [self.cell(cell) for cell in row]
            made.row([*cells, *[self.cell_text("")] * (columns - len(cells))], head=is_head)
        self.close(made)

    def cell(self, node: Any) -> list[Any]:
        look = BOLD if node.tag == "th" else PLAIN
        rows = [child for child in node if child.tag in BLOCKS] or [node]
        written = [self.out.phrases(row, look, self.booklet.anchor_of) for row in rows]
        return [self.out.paragraph("Booklet Table", runs) for runs in written]

    # The edges of the page

    def edges(self) -> None:
        section = self.word.sections[0]
        section.different_first_page_header_footer = True
        head = [*self.out.text(self.booklet.title), run(element("tab")), *self.out.text(self.booklet.state)]
        foot = [*self.out.text(self.words.not_official), run(element("tab")), *field_runs("PAGE", "1")]
        for edge, runs in ((section.header, head), (section.footer, foot), (section.first_page_header, [])):
            edge.is_linked_to_previous = False
            for made in runs:
                edge.paragraphs[0]._p.append(made)


class Table:
    def __init__(self, out: Writer, shares: list[int], caption: str) -> None:
        self.widths = [TEXT_WIDTH * share // sum(shares) for share in shares]
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
        properties = element("tblPr", element("tblStyle", val="TableGrid"))
        if out.rtl:
            properties.append(element("bidiVisual"))
        properties.append(element("tblW", w=sum(self.widths), type="dxa"))
        properties.append(element("tblLayout", type="fixed"))
        properties.append(element("tblLook", val="0620", **look))
        if caption:
            properties.append(element("tblCaption", val=caption))
        grid = element("tblGrid", *(element("gridCol", w=width) for width in self.widths))
        self.element = element("tbl", properties, grid)

    def row(self, cells: list[list[Any]], *, head: bool = False) -> None:
        properties = element("trPr", element("cantSplit"), *([element("tblHeader")] if head else []))
        made = element("tr", properties)
        for width, paragraphs in zip(self.widths, cells, strict=True):
            shade = [element("shd", val="clear", color="auto", fill="E7ECF3")] if head else []
            made.append(element("tc", element("tcPr", element("tcW", w=width, type="dxa"), *shade), *paragraphs))
        self.element.append(made)
