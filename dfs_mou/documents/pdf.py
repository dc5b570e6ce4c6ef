"""Draws a document as a PDF that conforms to PDF/A-3a and PDF/UA-1, with the shipped fonts and no other."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path

from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.documents.bilingual_typst import bilingual_source
from dfs_mou.documents.document import Document
from dfs_mou.documents.pdf_fonts import FONT_FOLDER, undrawable
from dfs_mou.documents.pdf_stream_ends import with_clear_stream_ends
from dfs_mou.documents.typst_source import typst_source

CONTENT_TYPE = "application/pdf"
CHILD = Path(__file__).with_name("typst_child.py")
WALL_SECONDS = 90

FONT_FILES = (
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSerif-Italic.ttf",
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSerifSC-Regular.ttf",
)


class PdfError(RuntimeError):
    """A PDF that could not be made: one sentence that says why."""


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


def check_fonts(folder: Path | None = None) -> None:
    folder = folder or FONT_FOLDER
    missing = [name for name in FONT_FILES if not (folder / name).is_file()]
    if missing:
        raise PdfError(f"The font file {missing[0]} is missing from {folder.name}: install the package again.")


def compile_typst(source: str, *, timestamp: int) -> bytes:
    """In a process of its own, which is given no environment and a limited time."""
    command = [sys.executable, "-I", str(CHILD), str(FONT_FOLDER), str(timestamp)]
    try:
        done = subprocess.run(  # noqa: S603  a fixed command; the document goes in by standard input
            command, input=source.encode(), capture_output=True, timeout=WALL_SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"The PDF was not ready after {WALL_SECONDS} seconds.") from error
    if done.returncode != 0:
        raise PdfError(_sentence(done.stderr.decode(errors="replace")))
    return with_clear_stream_ends(done.stdout)


def _sentence(said: str) -> str:
    lacking = re.search(r'text `"(.{1,20})"` could not be displayed', said)
    if lacking:
        return f"The fonts of the PDF have no “{lacking[1]}”: write it in another script, or take the Word file."
    lines = said.strip().splitlines()
    return f"The PDF could not be made: {lines[-1].rstrip('.')[:300] if lines else 'the compiler was stopped'}."
