"""A document, ready to be drawn: numbers, labels, references and lines are all decided.

Every renderer is a pure function of this tree, so that all formats agree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from dfs_mou.documents.labels import Labels, labels_in

LINE = "____________"


@dataclass(frozen=True)
class Span:
    """Text that is fixed, a value that was answered, a reference, a line to fill by hand, or a line break."""

    kind: Literal["text", "value", "reference", "blank", "break"]
    text: str = ""
    bold: bool = False
    key: str = ""  # the variable, or the clause a reference leads to
    number: str = ""  # the part of a reference that changes with the numbering
    hint: str = ""  # what belongs on a line

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value}


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """`is_notice`: it says something about the text and is no part of its wording."""

    spans: Spans
    is_notice: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"kind": "paragraph", "spans": [span.to_json() for span in self.spans]}


@dataclass(frozen=True)
class BulletList:
    items: tuple[Spans, ...]

    def to_json(self) -> dict[str, Any]:
        return {"kind": "list", "items": [[span.to_json() for span in item] for item in self.items]}


@dataclass(frozen=True)
class Table:
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]

    def to_json(self) -> dict[str, Any]:
        rows = [[[span.to_json() for span in cell] for cell in row] for row in self.rows]
        return {"kind": "table", "caption": self.caption, "header": list(self.header), "rows": rows}


@dataclass(frozen=True)
class SignatureLine:
    label: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": "signature_line", "label": self.label}


Block = Paragraph | BulletList | Table | SignatureLine
Role = Literal["cover", "clause", "annex", "part", "definition", "signature"]


@dataclass(frozen=True)
class Clause:
    """A clause, an annex or a part of one, as it is printed. `style` is the numbering that gave its label."""

    key: str
    role: Role
    level: int
    label: str
    number: str
    style: str
    title: str
    blocks: tuple[Block, ...]
    clauses: tuple[Clause, ...]
    reference: str = ""
    absorbed: str = ""  # the single part whose text this clause shows as its own

    @property
    def heading(self) -> str:
        return self.separator.join(filter(None, (self.label, self.title)))

    @property
    def separator(self) -> str:
        """What stands between the label and the title of a heading."""
        return " – " if self.role == "annex" else " "

    def walk(self) -> Iterator[Clause]:
        yield self
        for clause in self.clauses:
            yield from clause.walk()

    def to_json(self) -> dict[str, Any]:
        names = ("key", "role", "level", "label", "number", "style", "title", "reference", "absorbed")
        return {
            **{name: getattr(self, name) for name in names},
            "blocks": [block.to_json() for block in self.blocks],
            "clauses": [clause.to_json() for clause in self.clauses],
        }


@dataclass(frozen=True)
class Document:
    language: str
    title: str
    template: str
    template_title: str
    version: str
    edition_sha256: str
    date: str  # ISO
    date_text: str
    is_draft: bool
    cover: Clause | None
    clauses: tuple[Clause, ...]
    annexes: tuple[Clause, ...]
    source: Mapping[str, Any] = field(default_factory=dict)  # what it was made from; no part of the hash

    @property
    def labels(self) -> Labels:
        return labels_in(self.language)

    @property
    def tops(self) -> tuple[Clause, ...]:
        return (*self.clauses, *self.annexes)

    def walk(self) -> Iterator[Clause]:
        for top in (*((self.cover,) if self.cover else ()), *self.tops):
            yield from top.walk()

    def spans(self) -> Iterator[Span]:
        for clause in self.walk():
            for block in clause.blocks:
                yield from block_spans(block)

    @cached_property
    def blanks(self) -> tuple[str, ...]:
        """The variables that print as a line, each once, in the order of the document."""
        return tuple(dict.fromkeys(span.key for span in self.spans() if span.kind == "blank" and span.key))

    @cached_property
    def sha256(self) -> str:
        """The hash of everything that is printed, the same for every format."""
        text = json.dumps(self._content(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def short_hash(self) -> str:
        return self.sha256[:12]

    @property
    def footer(self) -> str:
        """Which model, when, and which content: enough to find the very text again."""
        return self.footer_with(self.short_hash)

    def footer_with(self, content_hash: str) -> str:
        labels = self.labels
        parts = (
            labels.template % {"template": self.template, "version": self.version},
            labels.generated % {"date": self.date_text},
            labels.content_hash % {"hash": content_hash},
        )
        return " · ".join(parts)

    def to_json(self) -> dict[str, Any]:
        return {**self._content(), "blanks": list(self.blanks), "sha256": self.sha256}

    def _content(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "direction": self.labels.direction,
            "title": self.title,
            "notice": self.labels.notice,
            "template": {
                "key": self.template,
                "title": self.template_title,
                "version": self.version,
                "sha256": self.edition_sha256,
            },
            "date": self.date,
            "is_draft": self.is_draft,
            "cover": self.cover and self.cover.to_json(),
            "contents": [{"key": top.key, "label": top.label, "title": top.title} for top in self.tops if top.title],
            "clauses": [clause.to_json() for clause in self.clauses],
            "annexes": [clause.to_json() for clause in self.annexes],
        }


def block_spans(block: Block) -> Iterator[Span]:
    if isinstance(block, Paragraph):
        yield from block.spans
    elif isinstance(block, BulletList):
        for item in block.items:
            yield from item
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell
