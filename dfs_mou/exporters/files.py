"""One document in one format, as a file; in two languages side by side where the format can."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from dfs_mou.documents import akoma, bilingual_docx, bilingual_html, docx, html, markdown, odt, pdf
from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.documents.document import Document


@dataclass(frozen=True)
class Format:
    name: str
    content_type: str
    extension: str
    render: Callable[[Document], bytes]
    render_pair: Callable[[Bilingual], bytes] | None = None


def _json(document: Document | Bilingual) -> bytes:
    return json.dumps(document.to_json(), ensure_ascii=False, indent=1).encode()


def _html(document: Document) -> bytes:
    return html.page(document).encode()


def _html_pair(pair: Bilingual) -> bytes:
    return bilingual_html.page(pair).encode()


FORMATS = {
    "json": Format("JSON", "application/json", "json", _json, _json),
    "html": Format("HTML", "text/html; charset=utf-8", "html", _html, _html_pair),
    "docx": Format("Word (DOCX)", docx.CONTENT_TYPE, "docx", docx.render, bilingual_docx.render),
    "pdf": Format("PDF", pdf.CONTENT_TYPE, "pdf", pdf.render, pdf.render_bilingual),
    "odt": Format("OpenDocument (ODT)", odt.CONTENT_TYPE, "odt", odt.render),
    "md": Format("Markdown", markdown.CONTENT_TYPE, "md", markdown.render),
    "akn": Format("Akoma Ntoso (XML)", akoma.CONTENT_TYPE, "xml", akoma.render),
}


def render(document: Document | Bilingual, name: str) -> bytes:
    """`NoPair` where a format has no two columns."""
    chosen = FORMATS[name]
    if isinstance(document, Document):
        return chosen.render(document)
    if chosen.render_pair is None:
        raise NoPair(f"{chosen.name} has no two columns: ask for docx, pdf or html, or for one language.")
    return chosen.render_pair(document)


class NoPair(ValueError):
    """Two languages were asked for in a format with one column."""
