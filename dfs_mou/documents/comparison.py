"""What differs between two documents of one language, clause by clause; numbers alone are no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dfs_mou.documents.document import (
    Block,
    BulletList,
    Clause,
    Document,
    Paragraph,
    Spans,
    Table,
)


class Kind(StrEnum):
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"
    MOVED = "moved"  # in a file that came back; `before` and `after` name the clause that it stood and stands after


@dataclass(frozen=True)
class Change:
    """`key`: the clause, or for a text that was added the clause it stands after. A reference reads `[§key]`."""

    kind: Kind
    key: str
    before: str
    after: str

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Change:
        return cls(Kind(data["kind"]), str(data["key"]), str(data["before"]), str(data["after"]))

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "key": self.key, "before": self.before, "after": self.after}


def changes(before: Document, after: Document) -> list[Change]:
    """In the order of the new document, what was dropped last. A clause of the template that came is named itself."""
    old = {clause.key: clause_text(clause) for clause in before.walk()}
    new = {clause.key: clause_text(clause) for clause in after.walk()}
    found = []
    for key, text in new.items():
        if key not in old:
            found.append(Change(Kind.ADDED, key, "", text))
        elif old[key] != text:
            found.append(Change(Kind.CHANGED, key, old[key], text))
    return found + [Change(Kind.DROPPED, key, text, "") for key, text in old.items() if key not in new]


def clause_text(clause: Clause) -> str:
    """The own text of a clause: its title and its paragraphs, one in each line, without the clauses below it."""
    title = [clause.title] if clause.title else []
    return "\n".join([*title, *(line for block in clause.blocks if not _is_notice(block) for line in _lines(block))])


def notices_of(clause: Clause) -> list[str]:
    """What is printed about the text of a clause: nobody words it otherwise, and it is no change."""
    return [line for block in clause.blocks if _is_notice(block) for line in _lines(block)]


def _is_notice(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.is_notice


def is_plain(clause: Clause) -> bool:
    """Whether the clause is words alone: tables and lines to sign on are no wording."""
    return all(isinstance(block, Paragraph | BulletList) for block in clause.blocks)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _plain(block.spans)
    elif isinstance(block, BulletList):
        yield from (f"– {_plain(item)}" for item in block.items)
    elif isinstance(block, Table):
        yield from (" | ".join(_plain(cell) for cell in row) for row in block.rows)


def _plain(spans: Spans) -> str:
    return "".join(
        f"[§{span.key}]" if span.kind == "reference" else " " if span.kind == "break" else span.text for span in spans
    )
