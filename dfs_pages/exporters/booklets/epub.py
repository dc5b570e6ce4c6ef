"""Draws a booklet as EPUB 3: for a phone, a reader of books or a screen reader, in any size of letters."""

import uuid
from collections.abc import Iterator
from html import escape
from mimetypes import guess_type
from pathlib import Path

from django.utils.translation import get_language_info

from dfs_pages.exporters.booklets.booklet import Booklet
from dfs_pages.exporters.booklets.files import Files, attributes_of, tag_of
from dfs_workflow.documents.fixed_zip import fixed_zip

STYLE = Path(__file__).with_name("epub.css")
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
ACCESS = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
)
XHTML = "application/xhtml+xml"


def render_epub(booklet: Booklet) -> bytes:
    drawing = Drawing(booklet)
    rows = [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", CONTAINER.encode())]
    rows += [(f"EPUB/{name}", data) for name, data in drawing.all_files()]
    return fixed_zip(rows, stored="mimetype")


class Drawing:
    def __init__(self, booklet: Booklet) -> None:
        self.booklet = booklet
        self.files = Files(booklet, ".xhtml", "pictures/")
        self.words = self.files.words

    def all_files(self) -> Iterator[tuple[str, bytes]]:
        pages = list(self.pages())
        yield "package.opf", self.package([name for name, _data in pages]).encode()
        yield "style.css", STYLE.read_bytes()
        yield "nav.xhtml", self.nav().encode()
        yield from pages
        for name, data in sorted(self.booklet.pictures.items()):
            yield f"pictures/{name}", data

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """In the order of reading."""
        yield "title.xhtml", self.page(self.booklet.title, "\n".join(self.files.front())).encode()
        for file in self.files.files:
            yield file.name, self.page(file.title, self.files.body(file)).encode()
        if self.booklet.abbreviations:
            yield "abbreviations.xhtml", self.page(self.words.abbreviations, self.files.abbreviations()).encode()

    def page(self, title: str, body: str) -> str:
        language = self.booklet.language
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
            f'xml:lang="{tag_of(language)}" {attributes_of(language)}>\n<head>'
            f'<title>{escape(title, quote=False)}</title><link rel="stylesheet" href="style.css"/></head>\n'
            f"<body>\n{body}\n</body>\n</html>\n"
        )

    def nav(self) -> str:
        contents = self.files.contents()
        if self.booklet.abbreviations:
            more = f'<li><a href="abbreviations.xhtml">{self.words.abbreviations}</a></li></ol>'
            contents = contents.removesuffix("</ol>") + more
        body = f'<nav epub:type="toc" role="doc-toc"><h1>{self.words.contents}</h1>{contents}</nav>'
        return self.page(self.words.contents, body)

    def package(self, names: list[str]) -> str:
        booklet = self.booklet
        number = uuid.uuid5(uuid.NAMESPACE_URL, f"{booklet.address}#{booklet.sha256}")
        direction = ' page-progression-direction="rtl"' if get_language_info(booklet.language)["bidi"] else ""
        access = "".join(f'<meta property="schema:{name}">{value}</meta>' for name, value in ACCESS)
        items = [f'<item id="f{n}" href="{name}" media-type="{XHTML}"/>' for n, name in enumerate(names)]
        items += [
            f'<item id="p{n}" href="pictures/{name}" media-type="{guess_type(name)[0]}"/>'
            for n, name in enumerate(sorted(booklet.pictures))
        ]
        spine = ['<itemref idref="f0"/>', '<itemref idref="nav"/>']
        spine += [f'<itemref idref="f{n}"/>' for n in range(1, len(names))]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
            f'unique-identifier="id" xml:lang="{tag_of(booklet.language)}">\n'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:identifier id="id">urn:uuid:{number}</dc:identifier><dc:title>{escape(booklet.title)}</dc:title>'
            f"<dc:language>{tag_of(booklet.language)}</dc:language><dc:date>{booklet.date}</dc:date>"
            f"<dc:publisher>{escape(booklet.site)}</dc:publisher><dc:source>{escape(booklet.address)}</dc:source>"
            f"<dc:description>{escape(booklet.notices[0] if booklet.notices else booklet.state)}</dc:description>"
            f'<meta property="dcterms:modified">{booklet.date}T00:00:00Z</meta>{access}</metadata>\n'
            '<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
            f'<item id="css" href="style.css" media-type="text/css"/>{"".join(items)}</manifest>\n'
            f"<spine{direction}>{''.join(spine)}</spine>\n</package>\n"
        )
