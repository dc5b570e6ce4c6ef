"""One document in two languages, clause beside clause: the rows that every format draws.

Both texts come from the same answers, so they hold the same clauses; the first language gives the order. What is only
in one of them stands beside an empty cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from dfs_mou.documents.document import Block, Clause, Document, SignatureLine

Show = Literal["cover", "contents", "heading", "text", "part", "above", "line"]


@dataclass(frozen=True)
class Row:
    """What stands side by side; None where a language has no such clause."""

    show: Show
    level: int
    cells: tuple[Clause | None, Clause | None]

    @property
    def is_annex(self) -> bool:
        return any(cell is not None and cell.role == "annex" for cell in self.cells)


class NotOnePair(ValueError):
    """Two documents that were not made from the same edition and date, or are in one language."""


@dataclass(frozen=True)
class Bilingual:
    first: Document
    second: Document

    def __post_init__(self) -> None:
        same = ("template", "version", "edition_sha256", "date", "is_draft")
        one_language = self.first.language == self.second.language
        if one_language or any(getattr(self.first, name) != getattr(self.second, name) for name in same):
            raise NotOnePair("A bilingual document needs two languages of one edition, made from the same answers.")

    @property
    def documents(self) -> tuple[Document, Document]:
        return self.first, self.second

    @property
    def language(self) -> str:
        return f"{self.first.language}-{self.second.language}"

    @cached_property
    def sides(self) -> tuple[int, int]:
        """Which document stands on the left and which on the right: a right-to-left text is on the right."""
        return (1, 0) if self.first.labels.direction == "rtl" and self.second.labels.direction == "ltr" else (0, 1)

    @property
    def title(self) -> str:
        return " / ".join(document.title for document in self.documents)

    @property
    def blanks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.first.blanks, *self.second.blanks)))

    @cached_property
    def sha256(self) -> str:
        """Covers both texts."""
        return hashlib.sha256(f"{self.first.sha256}\n{self.second.sha256}".encode()).hexdigest()

    @property
    def short_hash(self) -> str:
        return self.sha256[:12]

    def footer_of(self, document: Document) -> str:
        return document.footer_with(self.short_hash)

    def rows(self) -> Iterator[Row]:
        """From the cover to the last annex; a table of contents first."""
        yield Row("cover", 0, (self.first.cover, self.second.cover))
        for pair in self._tops():
            if any(cell is not None and cell.title for cell in pair):
                yield Row("contents", 1, pair)
        for pair in self._tops():
            yield from _rows(pair, 1)

    def _tops(self) -> list[tuple[Clause | None, Clause | None]]:
        return _pairs(self.first.clauses, self.second.clauses) + _pairs(self.first.annexes, self.second.annexes)

    def to_json(self) -> dict[str, Any]:
        return {"documents": [document.to_json() for document in self.documents], "sha256": self.sha256}


def _pairs(first: tuple[Clause, ...], second: tuple[Clause, ...]) -> list[tuple[Clause | None, Clause | None]]:
    others = {clause.key: clause for clause in second}
    known = {clause.key for clause in first}
    pairs: list[tuple[Clause | None, Clause | None]] = [(clause, others.get(clause.key)) for clause in first]
    return [*pairs, *((None, clause) for clause in second if clause.key not in known)]


def _rows(pair: tuple[Clause | None, Clause | None], level: int) -> Iterator[Row]:
    present = [cell for cell in pair if cell is not None]
    if present[0].role == "signature":
        yield Row("above", level, pair)
        yield Row("line", level, pair)
        return
    if level == 1:
        yield Row("heading", level, pair)
        if any(cell.blocks for cell in present):
            yield Row("text", level, pair)
    else:
        yield Row("part", level, pair)
    first, second = ((cell.clauses if cell else ()) for cell in pair)
    for below in _pairs(first, second):
        yield from _rows(below, level + 1)


def signature_blocks(clause: Clause, show: Show) -> tuple[Block, ...]:
    """What stands above the line to sign on, or the line and what stands below."""
    at = next((i for i, block in enumerate(clause.blocks) if isinstance(block, SignatureLine)), len(clause.blocks))
    return clause.blocks[:at] if show == "above" else clause.blocks[at:]
