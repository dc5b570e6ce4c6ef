"""Draws a booklet in all its languages as a folder of pages that open without a server, as from a USB stick."""

import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from django.utils.html import strip_tags
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from dfs_pages.exporters.booklets.booklet import Booklet
from dfs_pages.exporters.booklets.files import File, Files, attributes_of
from dfs_workflow.documents.fixed_zip import fixed_zip

LARGEST = 5_000_000
ABBREVIATIONS = "abbreviations.html"
HERE = Path(__file__).parent
# Nothing is fetched from anywhere, whatever a text says; some browsers don't count files as their own origin.
POLICY = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:"


def render_offline(booklets: Sequence[Booklet]) -> bytes:
    """Without its pictures where it would be too large for a slow line; their words stand in their places."""
    made = fixed_zip(all_files(booklets))
    if len(made) <= LARGEST:
        return made
    return fixed_zip(all_files([booklet.without_pictures() for booklet in booklets]))


def all_files(booklets: Sequence[Booklet]) -> Iterator[tuple[str, bytes]]:
    yield "index.html", languages(booklets).encode()
    yield "style.css", (HERE / "offline.css").read_bytes()
    yield "search.js", (HERE / "offline.js").read_bytes()
    pictures: dict[str, bytes] = {}
    for booklet in booklets:
        pictures |= booklet.pictures
        for name, text in Site(booklet, booklets).pages():
            yield f"{booklet.language}/{name}", text.encode()
    for name, data in sorted(pictures.items()):
        yield f"pictures/{name}", data


def name_of(language: str) -> str:
    name: str = get_language_info(language)["name_local"]
    return name[:1].upper() + name[1:]


def languages(booklets: Sequence[Booklet]) -> str:
    """The way in: each language by its own name."""
    rows = "".join(
        f'<li {attributes_of(one.language)}><a href="{one.language}/index.html">{name_of(one.language)}</a>: '
        f"{escape(one.title, quote=False)}</li>"
        for one in booklets
    )
    first = booklets[0]
    body = f"<main><h1>{escape(first.site, quote=False)}</h1><ul>{rows}</ul></main>"
    return page(first.language, first.site, "", body)


def page(language: str, title: str, up: str, body: str, scripts: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html {attributes_of(language)}>\n<head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title, quote=False)}</title><link rel="stylesheet" href="{up}style.css">{scripts}</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def link(href: str, words: str) -> str:
    return f'<a href="{escape(href)}">{escape(words, quote=False)}</a>'


class Site:
    """The pages of one language."""

    def __init__(self, booklet: Booklet, every: Sequence[Booklet]) -> None:
        self.booklet, self.every = booklet, every
        self.files = Files(booklet, ".html", "../pictures/")
        self.words = self.files.words

    def pages(self) -> Iterator[tuple[str, str]]:
        with override(self.booklet.language):
            yield "index.html", self.index()
            for number, file in enumerate(self.files.files):
                yield file.name, self.page(file, number)
            if self.booklet.abbreviations:
                body = f"<main>{self.files.abbreviations()}</main>"
                yield ABBREVIATIONS, self.framed(ABBREVIATIONS, self.words.abbreviations, body)
            yield "words.js", self.index_of_search()

    def index(self) -> str:
        more = link(ABBREVIATIONS, self.words.abbreviations) if self.booklet.abbreviations else ""
        find = f'<div id="search" data-label="{escape(_("Search"))}" data-none="{escape(_("Nothing found."))}"></div>'
        body = (
            f"<main>{''.join(self.files.front())}{find}"
            f'<nav aria-labelledby="c"><h2 id="c">{self.words.contents}</h2>{self.files.contents()}'
            f"<p>{more}</p></nav></main>"
        )
        scripts = '<script src="words.js" defer></script><script src="../search.js" defer></script>'
        return self.framed("index.html", self.booklet.title, body, scripts)

    def page(self, file: File, number: int) -> str:
        near = [(_("Previous"), number - 1), (_("Next"), number + 1)]
        found = [(words, self.files.files[place]) for words, place in near if 0 <= place < len(self.files.files)]
        links = "".join(f"<li>{words}{_(': ')}{link(other.name, other.title)}</li>" for words, other in found)
        around = f'<nav aria-label="{escape(_("Neighbouring pages"))}"><ul>{links}</ul></nav>' if links else ""
        return self.framed(file.name, file.title, f"<main>{self.files.body(file)}</main>{around}")

    def framed(self, name: str, title: str, body: str, scripts: str = "") -> str:
        """With the same page in the other languages: all are made of the same tree, so the names of files agree."""
        others = "".join(
            f"<li {attributes_of(one.language)}>{link(self.twin(name, one), name_of(one.language))}</li>"
            for one in self.every
            if one is not self.booklet
        )
        top = (
            f"<header><p>{link('index.html', self.booklet.title)}</p>"
            f'<nav aria-label="{escape(_("Language"))}"><ul>{others}</ul></nav></header>'
        )
        foot = f"<footer><p>{self.words.not_official}{_('. ')}{escape(self.booklet.state, quote=False)}</p></footer>"
        return page(self.booklet.language, title, "../", f"{top}\n{body}\n{foot}", scripts)

    def twin(self, name: str, other: Booklet) -> str:
        is_there = name != ABBREVIATIONS or other.abbreviations
        return f"../{other.language}/{name if is_there else 'index.html'}"

    def index_of_search(self) -> str:
        rows = [
            [part.heading, self.files.place(part), f"{part.statement} {strip_tags(part.html)}"[:2000]]
            for part in self.booklet.parts
        ]
        return f"var words = {json.dumps(rows, ensure_ascii=False)};\n"
