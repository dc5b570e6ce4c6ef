"""The clauses of a template edition: runs of text, conditions, and the tree of nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dfs_mou.documents.edition_fields import EditionError, Fields

Texts = Mapping[str, str]

KINDS = ("mandatory", "optional", "alternative")
NUMBERINGS = ("decimal", "lower_alpha", "upper_alpha", "parenthesised_decimal", "none")


@dataclass(frozen=True)
class Run:
    """A stretch of a paragraph: exactly one of a text, a variable, a cross-reference, a line break."""

    text: str | None = None
    bold: bool = False
    var: str | None = None
    ref: str | None = None
    is_break: bool = False

    @classmethod
    def from_json(cls, data: Any, place: str) -> Run:
        fields = Fields(data, place)
        run = cls(
            text=fields.text_or_none("text"),
            bold=fields.flag("bold", default=False),
            var=fields.text_or_none("var"),
            ref=fields.text_or_none("ref"),
            is_break=fields.flag("break", default=False),
        )
        fields.done()
        if sum((run.text is not None, run.var is not None, run.ref is not None, run.is_break)) != 1:
            raise EditionError(place, "a run must be a text, a variable, a reference or a break")
        if run.bold and run.text is None:
            raise EditionError(place, "only a text can be bold")
        return run

    def to_json(self) -> dict[str, Any]:
        if self.is_break:
            return {"break": True}
        if self.var is not None:
            return {"var": self.var}
        if self.ref is not None:
            return {"ref": self.ref}
        return {"text": self.text, "bold": True} if self.bold else {"text": self.text}


Paragraph = tuple[Run, ...]


@dataclass(frozen=True)
class Condition:
    """`all`, `any` and `not` combine; `eq`, `ne`, `in` and `set` test one variable."""

    op: str
    of: tuple[Condition, ...] = ()
    var: str = ""
    value: Any = None

    @classmethod
    def from_json(cls, data: Any, place: str, depth: int = 0) -> Condition:
        if depth > 20:
            raise EditionError(place, "the condition is nested too deeply")
        fields = Fields(data, place)
        op = fields.one_of("op", ("all", "any", "not", "eq", "ne", "in", "set"))
        if op in ("all", "any", "not"):
            parts = tuple(cls.from_json(part, place, depth + 1) for part in fields.list("of"))
            if not parts or (op == "not" and len(parts) != 1):
                raise EditionError(place, f"“{op}” has the wrong number of parts")
            condition = cls(op, of=parts)
        else:
            condition = cls(op, var=fields.text("var"), value=None if op == "set" else fields.value("value"))
        fields.done()
        return condition

    def to_json(self) -> dict[str, Any]:
        if self.of:
            return {"op": self.op, "of": [part.to_json() for part in self.of]}
        if self.op == "set":
            return {"op": "set", "var": self.var}
        return {"op": self.op, "var": self.var, "value": self.value}

    def tests(self) -> Iterator[Condition]:
        """The single tests inside, from left to right."""
        if not self.of:
            yield self
        for part in self.of:
            yield from part.tests()


@dataclass(frozen=True)
class Node:
    """A clause, an annex or a part of one. `number`: None is counted, "" is none, others print as given."""

    key: str
    kind: str
    number: str | None
    numbering: Texts
    title: Texts
    alternatives_group: str | None
    condition: Condition | None
    default_included: bool
    requires: tuple[str, ...]
    guidance: Texts
    itu_reference: str | None
    body: Mapping[str, tuple[Paragraph, ...]]
    clauses: tuple[Node, ...]
    reference: str | None = None
    # By language, the day on which the source changed: the text is a translation of what it said before.
    outdated: Texts = field(default_factory=dict)
    # Why the clause was changed last, for drafters whose agreement has the wording before.
    reason: Texts = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Any, place: str, depth: int = 0) -> Node:
        if depth > 6:
            raise EditionError(place, "clauses are nested too deeply")
        fields = Fields(data, place)
        key = fields.text("key")
        fields.place = place = f"clause “{key}”"
        condition = fields.value("condition")
        node = cls(
            key=key,
            reference=fields.text("reference") if depth == 0 else None,
            number=fields.text_or_none("number"),
            numbering=fields.texts("numbering"),
            title=fields.texts("title"),
            kind=fields.one_of("kind", KINDS),
            alternatives_group=fields.text_or_none("alternatives_group"),
            condition=None if condition is None else Condition.from_json(condition, place),
            default_included=fields.flag("default_included"),
            requires=tuple(fields.list("requires", of=str)),
            guidance=fields.texts("guidance"),
            itu_reference=fields.text_or_none("itu_reference"),
            body={lang: _paragraphs(rows, place) for lang, rows in fields.mapping("body").items()},
            clauses=tuple(cls.from_json(row, place, depth + 1) for row in fields.list("clauses")),
            outdated=fields.texts("outdated"),
            reason=fields.texts("reason"),
        )
        fields.done()
        return node

    def to_json(self) -> dict[str, Any]:
        top: dict[str, Any] = {} if self.reference is None else {"reference": self.reference}
        if self.outdated:
            top["outdated"] = dict(self.outdated)
        if self.reason:
            top["reason"] = dict(self.reason)
        return {
            "key": self.key,
            **top,
            "number": self.number,
            "numbering": dict(self.numbering),
            "title": dict(self.title),
            "kind": self.kind,
            "alternatives_group": self.alternatives_group,
            "condition": self.condition and self.condition.to_json(),
            "default_included": self.default_included,
            "requires": list(self.requires),
            "guidance": dict(self.guidance),
            "itu_reference": self.itu_reference,
            "body": {lang: [[run.to_json() for run in row] for row in rows] for lang, rows in self.body.items()},
            "clauses": [node.to_json() for node in self.clauses],
        }

    def walk(self) -> Iterator[Node]:
        yield self
        for node in self.clauses:
            yield from node.walk()

    def runs(self, language: str) -> Iterator[Run]:
        for paragraph in self.body.get(language, ()):
            yield from paragraph


def _paragraphs(rows: Any, place: str) -> tuple[Paragraph, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise EditionError(place, "the body must be a list of paragraphs, each a list of runs")
    return tuple(tuple(Run.from_json(run, place) for run in row) for row in rows)
