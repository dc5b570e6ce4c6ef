"""A compiled template edition: what a MOU is made from, frozen, with one JSON form and one sha256.

The importer, the pages and the builder meet here. Texts are kept per language, `{"en": "…"}`; a text
that is not there has no entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dfs_mou.documents.clauses import Condition, Node, Run, Texts
from dfs_mou.documents.edition_fields import EditionError, Fields

TYPES = (
    "text",
    "long_text",
    "date",
    "integer",
    "choice",
    "boolean",
    "country",
    "list_of_contacts",
    "legal_acts_list",
)

__all__ = [
    "TYPES",
    "Choice",
    "Condition",
    "Edition",
    "EditionError",
    "Group",
    "Node",
    "Run",
    "Variable",
]


@dataclass(frozen=True)
class Choice:
    value: str
    label: Texts

    @classmethod
    def from_json(cls, data: Any, place: str) -> Choice:
        fields = Fields(data, place)
        choice = cls(fields.text("value"), fields.texts("label"))
        fields.done()
        return choice

    def to_json(self) -> dict[str, Any]:
        return {"value": self.value, "label": dict(self.label)}


@dataclass(frozen=True)
class Group:
    """A page of questions in the builder."""

    key: str
    title: Texts
    help: Texts

    @classmethod
    def from_json(cls, data: Any, place: str) -> Group:
        fields = Fields(data, place)
        group = cls(fields.text("key"), fields.texts("title"), fields.texts("help"))
        fields.done()
        return group

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "title": dict(self.title), "help": dict(self.help)}


@dataclass(frozen=True)
class Variable:
    """A question. `default` and `example` are per language; a default that is not localised has one value."""

    name: str
    type: str
    group: str
    required: bool
    localised: bool
    form_of: str | None
    unit: str | None
    min: int | None
    max: int | None
    default: Any
    label: Texts
    help: Texts
    example: Mapping[str, Any]
    choices: tuple[Choice, ...]

    @classmethod
    def from_json(cls, data: Any, place: str) -> Variable:
        fields = Fields(data, place)
        name = fields.text("name")
        fields.place = f"variable “{name}”"
        variable = cls(
            name=name,
            type=fields.one_of("type", TYPES),
            group=fields.text("group"),
            required=fields.flag("required"),
            localised=fields.flag("localised"),
            form_of=fields.text_or_none("form_of"),
            unit=fields.text_or_none("unit"),
            min=fields.integer_or_none("min"),
            max=fields.integer_or_none("max"),
            default=fields.value("default"),
            label=fields.texts("label"),
            help=fields.texts("help"),
            example=fields.mapping("example"),
            choices=tuple(Choice.from_json(row, fields.place) for row in fields.list("choices")),
        )
        fields.done()
        return variable

    def to_json(self) -> dict[str, Any]:
        plain = ("name", "type", "group", "required", "localised", "form_of", "unit", "min", "max", "default")
        return {
            **{name: getattr(self, name) for name in plain},
            "label": dict(self.label),
            "help": dict(self.help),
            "example": dict(self.example),
            "choices": [choice.to_json() for choice in self.choices],
        }

    def default_in(self, language: str) -> Any:
        if self.localised and isinstance(self.default, Mapping):
            return self.default.get(language)
        return self.default


@dataclass(frozen=True)
class Edition:
    template: str
    version: str
    languages: tuple[str, ...]
    title: Texts
    groups: tuple[Group, ...]
    variables: tuple[Variable, ...]
    clauses: tuple[Node, ...]
    annexes: tuple[Node, ...]

    @classmethod
    def from_json(cls, data: Any) -> Edition:
        """Read the JSON form; its shape is checked here, its sense in `edition_checks`."""
        fields = Fields(data, "edition")
        edition = cls(
            template=fields.text("template"),
            version=fields.text("version"),
            languages=tuple(fields.list("languages", of=str)),
            title=fields.texts("title"),
            groups=tuple(Group.from_json(row, "groups") for row in fields.list("groups")),
            variables=tuple(Variable.from_json(row, "variables") for row in fields.list("variables")),
            clauses=tuple(Node.from_json(row, "clauses") for row in fields.list("clauses")),
            annexes=tuple(Node.from_json(row, "annexes") for row in fields.list("annexes")),
        )
        fields.done()
        return edition

    def to_json(self) -> dict[str, Any]:
        return {
            "template": self.template,
            "version": self.version,
            "languages": list(self.languages),
            "title": dict(self.title),
            "groups": [group.to_json() for group in self.groups],
            "variables": [variable.to_json() for variable in self.variables],
            "clauses": [node.to_json() for node in self.clauses],
            "annexes": [node.to_json() for node in self.annexes],
        }

    @cached_property
    def sha256(self) -> str:
        """The hash of the content: the same whatever the order of keys in the JSON it came from."""
        canonical = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def by_name(self) -> dict[str, Variable]:
        return {variable.name: variable for variable in self.variables}

    @cached_property
    def by_key(self) -> dict[str, Node]:
        return {node.key: node for node in self.nodes()}

    def nodes(self) -> Iterator[Node]:
        for top in (*self.clauses, *self.annexes):
            yield from top.walk()
