"""Draws a document as a PDF that conforms to PDF/A-3a and PDF/UA-1, with the shipped fonts and no other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.documents.bilingual_typst import bilingual_source
from dfs_mou.documents.document import Document
from dfs_mou.documents.typst_source import typst_source
from dfs_workflow.documents.fonts import covered_in, is_drawn
from dfs_workflow.documents.typst import PdfError, check_fonts, compile_typst

__all__ = ["CONTENT_TYPE", "PdfError", "UndrawableText", "render", "render_bilingual"]

CONTENT_TYPE = "application/pdf"


class UndrawableText(PdfError):
    """Answers with a character that no shipped font has: pairs of the variable and the character."""

    def __init__(self, found: tuple[tuple[str, str], ...]) -> None:
        self.found = found
        name, character = found[0]
        super().__init__(
            f"The fonts of the PDF have no “{character}” (in {name}): "
            "write it in another script, or take the Word file."
        )


def render(document: Document) -> bytes:
    check_fonts()
    if found := tuple(undrawable(document)):
        raise UndrawableText(found)
    return compile_typst(typst_source(document), timestamp=timestamp_of(document))


def render_bilingual(pair: Bilingual) -> bytes:
    check_fonts()
    if found := tuple(hit for document in pair.documents for hit in undrawable(document)):
        raise UndrawableText(found)
    return compile_typst(bilingual_source(pair), timestamp=timestamp_of(pair.first))


def timestamp_of(document: Document) -> int:
    return int(datetime.datetime.fromisoformat(document.date).replace(tzinfo=datetime.UTC).timestamp())


def undrawable(document: Document) -> Iterator[tuple[str, str]]:
    """The variable and the first character of it that can't be drawn, for each answer printed that has one."""
    covered = covered_in(document.language)
    seen = set()
    for span in document.spans():
        if span.kind != "value" or span.key in seen:
            continue
        character = next((one for one in span.text if not is_drawn(one, covered)), None)
        if character:
            seen.add(span.key)
            yield span.key, character
