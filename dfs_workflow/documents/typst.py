"""Compiles Typst source to a PDF that conforms to PDF/A-3a and PDF/UA-1, with the shipped fonts and no other."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

from dfs_workflow.documents.fonts import FONT_FILES, FONT_FOLDER, fonts_of
from dfs_workflow.documents.not_made import NotMade
from dfs_workflow.documents.pdf_stream_ends import with_clear_stream_ends

CHILD = Path(__file__).with_name("typst_child.py")
WALL_SECONDS = 90
OUT_OF_TIME = (signal.SIGXCPU, signal.SIGKILL)  # the limit of the processor's time, or somebody's decision
TYPST_LANGUAGE = {"zh-hans": ("zh", "CN")}


class PdfError(NotMade):
    """A PDF that could not be made."""


def literal(text: str) -> str:
    """A Typst string: only these four characters mean anything inside one."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def typst_date(iso: str) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return f"datetime(year: {year}, month: {month}, day: {day})"


def font_setting(language: str, *others: str) -> str:
    """For `font:`, the fonts of a language and behind them those of others that stand beside it."""
    names = list(dict.fromkeys(font for code in (language, *others) for font in fonts_of(code)))
    first, *rest = map(literal, names)
    if language == "zh-hans":  # whose quotation marks and dashes are as wide as its characters
        first = f'(name: {first}, covers: "latin-in-cjk")'
    return f"({', '.join([first, *rest])},)"


def check_fonts(folder: Path | None = None) -> None:
    folder = folder or FONT_FOLDER
    missing = [name for name in FONT_FILES if not (folder / name).is_file()]
    if missing:
        raise PdfError(f"The font file {missing[0]} is missing from {folder.name}: install the package again.")


def compile_typst(source: str, *, timestamp: int, seconds: int = 0) -> bytes:
    """In a process of its own, which is given no environment and a limited time."""
    seconds = seconds or WALL_SECONDS
    command = [sys.executable, "-I", str(CHILD), str(FONT_FOLDER), str(timestamp), str(seconds)]
    done = _run(command, source, seconds)
    if done.returncode < 0 and -done.returncode not in OUT_OF_TIME:  # it died: perhaps memory was short for a moment
        done = _run(command, source, seconds)
    if done.returncode != 0:
        raise PdfError(_sentence(done.stderr.decode(errors="replace")))
    return with_clear_stream_ends(done.stdout)


def _run(command: list[str], source: str, seconds: int) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603  a fixed command; the document goes in by standard input
            command, input=source.encode(), capture_output=True, timeout=seconds, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"The PDF was not ready after {seconds} seconds.") from error


def _sentence(said: str) -> str:
    lacking = re.search(r'text `"(.{1,20})"` could not be displayed', said)
    if lacking:
        return f"The fonts of the PDF have no “{lacking[1]}”: write it in another script, or take the Word file."
    lines = said.strip().splitlines()
    return f"The PDF could not be made: {lines[-1].rstrip('.')[:300] if lines else 'the compiler was stopped'}."
