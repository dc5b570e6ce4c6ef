"""Writes paragraphs, words and links of a booklet into the body of a Word file."""

import io
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language_info
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.text.run import Run

from dfs_pages.exporters.booklets.docx_styles import tag_of
from dfs_workflow.documents.docx_xml import LATIN, bookmark_name, element, run, text_element

# Some programs look at the signs alone: without it the end of an address takes the direction of what follows.
LEFT_TO_RIGHT = "\u200e"
WIDEST = Emu(5_600_000)
MARKS = {"b": "bold", "i": "italic", "code": "code", "sub": "subscript", "sup": "superscript"}


@dataclass(frozen=True)
class Look:
    bold: bool = False
    italic: bool = False
    code: bool = False
    subscript: bool = False
    superscript: bool = False
    link: bool = False


class Writer:
    """`language` is that of the text being written, which may be another one than the document's."""

    def __init__(self, word: Any, language: str) -> None:
        self.word = word
        self.document_language = self.language = language
        self.section = word.element.body.find(qn("w:sectPr"))
        self.bookmarks = 0
        self.targets: dict[str, str] = {}

    @property
    def rtl(self) -> bool:
        return bool(get_language_info(self.language)["bidi"])

    def append(self, made: Any) -> Any:
        self.section.addprevious(made)
        return made

    def paragraph(self, style: str, runs: list[Any], *, before: Any = (), after: Any = ()) -> Any:
        """`before` and `after` are properties that the schema wants before and after the direction."""
        turned = self.rtl != bool(get_language_info(self.document_language)["bidi"])
        direction = [element("bidi", val=int(self.rtl))] if turned else []
        properties = [element("pStyle", val=style.replace(" ", "")), *before, *direction, *after]
        return element("p", element("pPr", *properties), *runs)

    def text(self, text: str, look: Look = Look()) -> list[Any]:  # noqa: B008 - it is frozen
        """One run, or in right-to-left text one for each direction."""
        if not self.rtl:
            return [self.run(text, look)] if text else []
        return [self.run(part, look, latin=index % 2 == 1) for index, part in enumerate(LATIN.split(text)) if part]

    def run(self, text: str, look: Look, *, latin: bool = False) -> Any:
        kind = "subscript" if look.subscript else "superscript" if look.superscript else ""
        rows = [
            look.code and element("rFonts", ascii="Consolas", hAnsi="Consolas", cs="Consolas"),
            look.bold and element("b"),
            look.bold and element("bCs"),
            look.italic and element("i"),
            look.italic and element("iCs"),
            look.link and element("color", val="12335C"),
            look.link and element("u", val="single"),
            kind and element("vertAlign", val=kind),
            self.rtl and not latin and element("rtl"),
            self.language_of(latin),
        ]
        kept = [row for row in rows if row is not False and row not in ("", None)]
        properties = element("rPr", *kept) if kept else None
        pieces = [row for line in text.split("\n") for row in (element("br"), text_element("t", line))][1:]
        return run(*pieces, properties=properties)

    def language_of(self, latin: bool) -> Any:
        if latin:
            return element("lang", val="en-US")
        return element("lang", val=tag_of(self.language)) if self.language != self.document_language else None

    def phrases(self, node: Any, look: Look, anchor_of: Any) -> list[Any]:
        runs = self.text(words(node.text), look)
        for child in node:
            runs += self.phrase(child, look, anchor_of)
            runs += self.text(words(child.tail), look)
        return runs

    def phrase(self, node: Any, look: Look, anchor_of: Any) -> list[Any]:
        if node.tag == "br":
            return [run(element("br"))]
        if node.tag == "a":
            inside = self.phrases(node, replace(look, link=True), anchor_of)
            return [self.link(node.get("href", ""), inside, anchor_of)] if inside else []
        if node.tag == "bdi" and node.get("dir") == "ltr" and self.rtl and not len(node):
            return [self.run(node.text_content() + LEFT_TO_RIGHT, look, latin=True)]
        if node.tag in MARKS:
            look = replace(look, **{MARKS[node.tag]: True})
        return self.phrases(node, look, anchor_of)

    def link(self, href: str, runs: list[Any], anchor_of: Any) -> Any:
        anchor = anchor_of(href) or (href[1:] if href.startswith("#") else "")
        if anchor:
            return element("hyperlink", *runs, anchor=bookmark_name(anchor), history=1)
        made = element("hyperlink", *runs, history=1)
        made.set(qn("r:id"), self.target(href))
        return made

    def target(self, href: str) -> str:
        """Kept here, as python-docx looks through all of them for each new one."""
        if href not in self.targets:
            key = self.targets[href] = f"link{len(self.targets) + 1}"
            self.word.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, href, key, is_external=True)
        return self.targets[href]

    def bookmark(self, paragraph: Any, anchor: str) -> None:
        self.bookmarks += 1
        start = element("bookmarkStart", id=self.bookmarks, name=bookmark_name(anchor))
        paragraph.find(qn("w:pPr")).addnext(start)
        paragraph.append(element("bookmarkEnd", id=self.bookmarks))

    def picture(self, data: bytes, alt: str) -> Any:
        made = run()
        shape = Run(made, self.word.paragraphs[0]).add_picture(io.BytesIO(data))
        if shape.width > WIDEST:
            shape.height, shape.width = Emu(int(shape.height * WIDEST / shape.width)), WIDEST
        shape._inline.docPr.set("descr", alt)
        return made


def words(text: str | None) -> str:
    return " ".join(f"x{text}x".split())[1:-1] if text else ""
