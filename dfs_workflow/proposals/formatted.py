"""A comparison of rich text with its emphasis shown, not spelt: `**must**` becomes a bold word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dfs_workflow.redline import Kind, Piece

MARK = re.compile(r"\\(?P<escaped>[\\*_`\[\]\-\d])|(?P<b>\*\*)|(?<![A-Za-z0-9])(?P<i>_)|(?P<end>_)(?![A-Za-z0-9])")
SIDES = {Kind.SAME: ("before", "after"), Kind.REMOVED: ("before",), Kind.ADDED: ("after",)}


@dataclass(frozen=True)
class Run:
    kind: Kind
    text: str
    is_bold: bool
    is_italic: bool


def formatted(pieces: Iterable[Piece]) -> Iterator[Run]:
    """Words whose emphasis alone differs are shown as taken out and put in again."""
    marks: dict[str, set[str]] = {"before": set(), "after": set()}
    for piece in pieces:
        for text, mark in spans(piece.text):
            if text:
                yield from runs(piece.kind, text, marks)
            for side in SIDES[piece.kind] if mark else ():
                marks[side] ^= {mark}


def spans(text: str) -> Iterator[tuple[str, str]]:
    """Text up to each mark, then the mark."""
    words, end = "", 0
    for found in MARK.finditer(text):
        words, end = words + text[end : found.start()], found.end()
        if found["escaped"]:
            words += found["escaped"]
            continue
        yield words, "b" if found["b"] else "i"
        words = ""
    yield words + text[end:], ""


def runs(kind: Kind, text: str, marks: dict[str, set[str]]) -> Iterator[Run]:
    before, after = marks["before"], marks["after"]
    if kind == Kind.SAME and before != after:
        yield run(Kind.REMOVED, text, before)
        yield run(Kind.ADDED, text, after)
    else:
        yield run(kind, text, before if kind == Kind.REMOVED else after)


def run(kind: Kind, text: str, marks: set[str]) -> Run:
    return Run(kind, text, "b" in marks, "i" in marks)
