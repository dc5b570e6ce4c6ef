"""Draws a document as a PDF that conforms to PDF/A-3a and PDF/UA-1, with the shipped fonts and no other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.documents.bilingual_typst import bilingual_source
from dfs_mou.documents.document import Document
from dfs_mou.documents.typst_source import typst_source
from dfs_workflow.documents.fonts import undrawn_in
from dfs_workflow.documents.typst import PdfError, check_fonts, compile_typst

__all__ = ["CONTENT_TYPE", "PdfError", "render", "render_bilingual", "undrawn"]

CONTENT_TYPE = "application/pdf"


def render(document: Document) -> bytes:
    check_fonts()
    return compile_typst(typst_source(document), timestamp=timestamp_of(document))


def render_bilingual(pair: Bilingual) -> bytes:
    check_fonts()
    return compile_typst(bilingual_source(pair), timestamp=timestamp_of(pair.first))


def timestamp_of(document: Document) -> int:
    return int(datetime.datetime.fromisoformat(document.date).replace(tzinfo=datetime.UTC).timestamp())


def undrawn(document: Document | Bilingual) -> Iterator[tuple[str, str]]:
    """The variable and the characters of its answer in place of which a PDF prints their numbers, for each such one."""
    for part in (document,) if isinstance(document, Document) else document.documents:
        found: dict[str, set[str]] = {}
        for span in part.spans():
            if span.kind == "value":
                found.setdefault(span.key, set()).update(undrawn_in(span.text, part.language))
        yield from ((name, "".join(sorted(characters))) for name, characters in found.items() if characters)
