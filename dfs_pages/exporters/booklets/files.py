"""A booklet cut into files, one for each page of the site, with links that lead from one file to another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

import lxml.html
from django.utils.translation import get_language_info
from lxml.etree import tostring

from dfs_pages.exporters.booklets.booklet import Booklet, Part
from dfs_pages.exporters.booklets.words import Words

TAGS = {"zh-hans": "zh-Hans"}


def tag_of(language: str) -> str:
    return TAGS.get(language, language)


def attributes_of(language: str) -> str:
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return f'lang="{tag_of(language)}" dir="{direction}"'


@dataclass
class File:
    name: str
    parts: list[Part] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.parts[0].heading


class Files:
    """`ending` is that of every file, `pictures` the folder of the pictures as the files see it."""

    def __init__(self, booklet: Booklet, ending: str, pictures: str) -> None:
        self.booklet, self.pictures, self.words = booklet, pictures, Words(booklet)
        self.files: list[File] = []
        self.places: dict[str, str] = {}  # by anchor: the file
        for part in booklet.parts:
            if part.begins or not self.files:
                self.files.append(File(f"{self.name_of(part)}{ending}"))
            self.files[-1].parts.append(part)
            self.places[part.anchor] = self.files[-1].name

    def name_of(self, part: Part) -> str:
        """From its address, so that it stays the same."""
        path = re.sub(r"^https?://[^/]+/[^/]+/", "", part.address)
        name = re.sub(r"[^a-z0-9-]+", "-", path.lower()).strip("-") or "start"
        taken = {file.name.rpartition(".")[0] for file in self.files}
        return name if name not in taken else f"{name}-{len(taken)}"

    def place(self, part: Part) -> str:
        return f"{self.places[part.anchor]}#{part.anchor}"

    def body(self, file: File) -> str:
        return "\n".join(self.part(part, file) for part in file.parts)

    def part(self, part: Part, file: File) -> str:
        """A heading of a file is the first one of its page, whatever its place in the whole."""
        level = min(6, part.level - file.parts[0].level + 1)
        html = self.linked(part, file)
        shift = part.level - level
        if shift:
            html = re.sub(r"(</?h)([2-6])", lambda found: f"{found[1]}{max(2, int(found[2]) - shift)}", html)
        language = f" {attributes_of(part.language)}" if part.language else ""
        address = f'<p class="purl" dir="ltr">{link(part.address)}</p>' if part.address else ""
        statement = f'<p class="stmt">{escape(part.statement, quote=False)}</p>' if part.statement else ""
        notes = "".join(f'<p class="note">{escape(note, quote=False)}</p>' for note in part.notes)
        return (
            f'<section id="{part.anchor}"{language}><h{level}>{escape(part.heading, quote=False)}</h{level}>'
            f"{address}{statement}{notes}{html}</section>"
        )

    def linked(self, part: Part, file: File) -> str:
        if "<a" not in part.html and "<img" not in part.html:
            return part.html
        root = lxml.html.fragment_fromstring(part.html, create_parent="div")
        for node in root.iter("a"):
            anchor = self.booklet.anchor_of(node.get("href", "")) or node.get("href", "").removeprefix("#")
            if anchor in self.places:
                where = self.places[anchor]
                node.set("href", f"#{anchor}" if where == file.name else f"{where}#{anchor}")
            elif node.get("href", "").startswith("#"):
                del node.attrib["href"]
        for node in list(root.iter("img")):
            self.draw(node)
        return xml(root)

    def draw(self, node: Any) -> None:
        name = node.get("src", "")
        if name in self.booklet.pictures:
            node.set("src", f"{self.pictures}{name}")
            return
        node.tag, words = "span", node.get("alt") or self.words.picture
        node.attrib.clear()
        node.text = f"[{words}]"

    def contents(self) -> str:
        """Nested lists; no level is ever left out on the way down."""
        out, depth = [], 0
        for part in self.booklet.parts:
            if part.level > depth:
                out.append("<ol>" * (part.level - depth))
            else:
                out.append("</li>" + "</ol></li>" * (depth - part.level))
            depth = part.level
            words = escape(part.heading, quote=False)
            out.append(f'<li><a href="{self.place(part)}">{words}</a>')
        return "".join(out) + ("</li></ol>" * depth if depth else "")

    def abbreviations(self) -> str:
        words = self.words
        rows = "".join(
            f'<tr><th scope="row">{escape(short, quote=False)}</th><td>{escape(long, quote=False)}</td></tr>'
            for short, long in self.booklet.abbreviations
        )
        head = "".join(f'<th scope="col">{column}</th>' for column in (words.abbreviation, words.meaning))
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return f'<section id="abbreviations"><h1>{words.abbreviations}</h1>{table}</section>'

    def front(self) -> Iterator[str]:
        booklet = self.booklet
        yield f"<h1>{escape(booklet.title, quote=False)}</h1>"
        yield f'<p class="note">{escape(booklet.site, quote=False)}</p><p>{escape(booklet.state, quote=False)}</p>'
        yield f'<p class="purl" dir="ltr">{link(booklet.address)}</p>'
        yield "".join(f"<p>{escape(notice, quote=False)}</p>" for notice in booklet.notices)


def link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address, quote=False)}</a>'


def xml(root: Any) -> str:
    return escape(root.text or "", quote=False) + "".join(tostring(child, encoding="unicode") for child in root)
