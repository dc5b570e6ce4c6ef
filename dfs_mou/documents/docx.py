"""Draws a document as a Word file: real styles, numbering and fields, one bookmark for each clause."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document as open_document
from docx.oxml.ns import qn

from dfs_mou.documents.document import (
    Block,
    BulletList,
    Clause,
    Document,
    Paragraph,
    Table,
)
from dfs_mou.documents.docx_numbering import FIRST_OWN, INDENT, OWN_ABSTRACT, instance
from dfs_mou.documents.docx_package import add_manifest, set_properties
from dfs_mou.documents.docx_styles import house_style
from dfs_mou.documents.docx_tables import signature_line, write_signatures, write_table
from dfs_mou.documents.docx_writer import Writer
from dfs_workflow.documents.docx_package import frozen
from dfs_workflow.documents.docx_xml import (
    bookmark_name,
    element,
    field_runs,
    run,
    text_element,
)

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TOC = r'TOC \o "1-1" \t "MOU Heading,1,MOU Annex,1" \h \z \u'


def render(document: Document, look: str = "") -> bytes:
    """`look`: the house style of whoever runs the site, as `house_style.read` took it from their file."""
    word = open_document(io.BytesIO(house_style(document.language, look)))
    Drawing(word, document).draw()
    set_properties(word, document)
    add_manifest(word, document)
    return frozen(word)


class Drawing:
    def __init__(self, word: Any, document: Document, lists: dict[tuple[str, str], int] | None = None) -> None:
        """`lists`: those of another text in the same file, so that a clause has one list in both."""
        self.word = word
        self.document = document
        self.labels = document.labels
        self.out = Writer(word, document)
        self.lists = {} if lists is None else lists

    def draw(self) -> None:
        self.cover()
        self._contents()
        self.tops()
        self.header_and_footer()

    def tops(self) -> None:
        for index, top in enumerate(self.document.tops):
            self._top(top, first=index == 0)

    def cover(self) -> None:
        cover = self.document.cover
        if self.document.is_draft:
            self.out.append(self.out.paragraph("MOU Draft", self.out.text(self.labels.draft)))
        title = cover.title if cover else self.document.title
        self.out.append(self.out.paragraph("Title", self.out.text(title)))
        for block in cover.blocks if cover else ():
            if isinstance(block, Paragraph):
                is_name = all(span.kind in ("value", "blank") for span in block.spans)
                style = "MOU Cover Name" if is_name else "MOU Cover"
                self.out.append(self.out.paragraph(style, self.out.spans(block.spans)))

    def _contents(self) -> None:
        """A live field that already holds its entries, as links; an update in Word adds page numbers."""
        self.out.append(self.out.paragraph("MOU Contents Heading", self.out.text(self.labels.contents)))
        entries = [top for top in self.document.tops if top.title]
        for index, top in enumerate(entries):
            link = element("hyperlink", *self.out.text(top.heading), anchor=bookmark_name(top.key), history=1)
            paragraph = self.out.append(self.out.paragraph("toc 1", [link]))
            if index == 0:
                begin = run(element("fldChar", fldCharType="begin"))
                code = run(text_element("instrText", f" {TOC} "))
                for made in (run(element("fldChar", fldCharType="separate")), code, begin):
                    paragraph.find(qn("w:pPr")).addnext(made)
            if index == len(entries) - 1:
                paragraph.append(run(element("fldChar", fldCharType="end")))

    def _top(self, top: Clause, *, first: bool) -> None:
        self._heading(top, first)
        is_signed = bool(top.clauses) and top.clauses[0].role == "signature"
        for block in top.blocks:
            self._block(block, "MOU Text 1", keep_with_next=is_signed)
        family = "" if not top.number or top.style == "given" else "MOU Annex" if top.role == "annex" else "MOU"
        self._parts(top, family, parent_style="decimal")

    def _heading(self, top: Clause, first: bool) -> None:
        style = {"clause": "Heading 1", "annex": "MOU Annex"}.get(top.style, "MOU Heading")
        text = {"clause": top.title, "annex": f"– {top.title}"}.get(top.style, top.heading)
        properties = [element("pageBreakBefore")] if first else []
        paragraph = self.out.append(self.out.paragraph(style, self.out.text(text), *properties))
        self.out.bookmark(paragraph, top.key)
        if top.absorbed:
            self.out.bookmark(paragraph, top.absorbed)

    def _parts(self, parent: Clause, family: str, parent_style: str) -> None:
        parts = parent.clauses
        if parts and parts[0].role == "signature":
            write_signatures(self.out, parts)
            return
        own = None
        for part in parts:
            style, number = self._placement(part, family, parent_style), []
            if style is None:
                style = _text_style(part)
                if part.style != "none":
                    own = own or self._own_list(parent.key, part.style)
                    number = [self._number(own), self._indent(part.level)]
            self._part(part, style, number)
            self._parts(part, family, part.style)

    def _placement(self, part: Clause, family: str, parent_style: str) -> str | None:
        """The style that numbers this part in the list of its clause; None where it has a list of its own."""
        if not family or parent_style != "decimal":
            return None
        if part.style == "decimal" and part.level in (2, 3):
            return f"{family} {'Clause' if part.level == 2 else 'Subclause'}"
        return f"{family} Item" if part.style == "lower_alpha" and part.level in (2, 3) else None

    def _own_list(self, key: str, style: str) -> int:
        if (key, style) not in self.lists:
            number = self.lists[key, style] = FIRST_OWN + len(self.lists)
            self.word.part.numbering_part.element.append(instance(number, OWN_ABSTRACT[style], restart=True))
        return self.lists[key, style]

    def _number(self, instance_number: int) -> Any:
        return element("numPr", element("ilvl", val=0), element("numId", val=instance_number))

    def _indent(self, level: int) -> Any:
        left, hanging = INDENT[min(level, 4)]
        return element("ind", left=left, hanging=hanging)

    def _part(self, part: Clause, style: str, number: list[Any]) -> None:
        blocks = list(part.blocks)
        first = blocks.pop(0) if blocks and isinstance(blocks[0], Paragraph) else Paragraph(())
        title = self.out.text(part.title + self.labels.stop, bold=True) if part.title else []
        paragraph = self.out.append(self.out.paragraph(style, title + self.out.spans(first.spans), *number))
        self.out.bookmark(paragraph, part.key)
        for block in blocks:
            self._block(block, _text_style(part))

    def _block(self, block: Block, style: str, *, keep_with_next: bool = False) -> None:
        if isinstance(block, Paragraph):
            properties = [element("keepNext")] if keep_with_next else []
            self.out.append(self.out.paragraph(style, self.out.spans(block.spans), *properties))
        elif isinstance(block, BulletList):
            for item in block.items:
                self.out.append(self.out.paragraph("MOU Bullet", self.out.spans(item)))
        elif isinstance(block, Table):
            write_table(self.out, block)
        else:
            self.out.append(signature_line(self.out))

    # The edges of the page

    def header_and_footer(self) -> None:
        fill_edges(
            self.word,
            self.out,
            title=self.document.title,
            draft=self.labels.draft if self.document.is_draft else "",
            lines=[(self.out, self.labels.notice), (self.out, self.document.footer)],
        )


def fill_edges(word: Any, out: Writer, *, title: str, draft: str, lines: Sequence[tuple[Writer, str]]) -> None:
    """The running head, and at the foot of each page the notice with the page number, then the other lines."""
    section = word.sections[0]
    _fill(section.header, [*out.text(title), run(element("tab")), *out.text(draft, bold=True)])
    _fill(section.first_page_header, [])
    for footer in (section.footer, section.first_page_footer):
        writer, notice = lines[0]
        _fill(footer, [*writer.text(notice), run(element("tab")), *_page_number(out)])
        for writer, line in reversed(lines[1:]):
            direction = [] if writer.rtl == out.rtl else [element("bidi", val=int(writer.rtl))]
            footer.paragraphs[0]._p.addnext(writer.paragraph("Footer", writer.text(line), *direction))


def _fill(part: Any, runs: list[Any]) -> None:
    part.is_linked_to_previous = False
    for made in runs:
        part.paragraphs[0]._p.append(made)


def _page_number(out: Writer) -> list[Any]:
    before, _, rest = (out.document.labels.page % {"page": "\x01", "pages": "\x02"}).partition("\x01")
    between, _, after = rest.partition("\x02")
    return [
        *out.text(before),
        *field_runs("PAGE", "1"),
        *out.text(between),
        *field_runs("NUMPAGES", "1"),
        *out.text(after),
    ]


def _text_style(part: Clause) -> str:
    """Text without a label stands as deep as the text above it, not as deep as a label would push it."""
    return f"MOU Text {min(part.level - 1 if part.style == 'none' else part.level, 4)}"
