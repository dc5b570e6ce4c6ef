"""The exact shapes of what the API takes and gives."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from dfs_workflow.api import Strict

Texts = dict[str, str]


class Exact(Schema):
    model_config = ConfigDict(extra="forbid")


class ConditionOut(Exact):
    """`all`, `any` and `not` combine the conditions in `of`; the others test the answer to `var`."""

    op: Literal["all", "any", "not", "eq", "ne", "in", "set"]
    of: list[ConditionOut] | None = None
    var: str | None = None
    value: str | bool | int | list[str | int | bool] | None = None


class RunOut(Exact):
    """Exactly one of a text, a variable, a reference to a clause, a line break."""

    text: str | None = None
    bold: bool = False
    var: str | None = None
    ref: str | None = None
    is_break: bool = Field(False, alias="break")


class NodeOut(Exact):
    key: str
    reference: str | None = None
    number: str | None
    numbering: Texts
    title: Texts
    kind: Literal["mandatory", "optional", "alternative"]
    alternatives_group: str | None
    condition: ConditionOut | None
    default_included: bool
    requires: list[str]
    guidance: Texts
    itu_reference: str | None
    body: dict[str, list[list[RunOut]]]
    clauses: list[NodeOut]
    outdated: Texts = Field({}, description="By language, the day since which the source says something else.")
    reason: Texts = Field({}, description="Why the clause was changed last.")


class ChoiceOut(Exact):
    value: str
    label: Texts


class GroupOut(Exact):
    key: str
    title: Texts
    help: Texts


class VariableOut(Exact):
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
    example: dict[str, Any]
    choices: list[ChoiceOut]


class QuestionOut(VariableOut):
    needed: bool


class QuestionsOut(Exact):
    count: int
    limit: int
    offset: int
    items: list[QuestionOut]


class TemplateQuery(Strict):
    template: str | None = Field(None, description="Key of a template, the usual one without it", max_length=64)
    language: str | None = Field(None, description="Only the texts in this language")


class QuestionsQuery(TemplateQuery):
    group: str | None = Field(None, description="Only the questions of this group")
    needed: bool = Field(False, description="Only those that the usual clauses need")
    limit: int = Field(200, ge=1, le=500)
    offset: int = Field(0, ge=0, le=1_000_000)


class TemplateOut(Exact):
    template: str
    version: str
    sha256: str
    compiled_at: datetime.datetime
    languages: list[str]
    title: Texts
    groups: list[GroupOut]
    variables: list[VariableOut]
    clauses: list[NodeOut]
    annexes: list[NodeOut]


class AnswersIn(Exact):
    common: dict[str, Any] = {}
    values: dict[str, dict[str, Any]] = {}


class DocumentIn(Exact):
    """`beside`: a second language, printed clause beside clause (json, html, docx, pdf)."""

    template: str | None = Field(None, max_length=64)
    language: str
    beside: str | None = None
    format: Literal["json", "html", "docx", "pdf", "odt", "md", "akn"] = "json"
    is_draft: bool = True
    answers: AnswersIn = AnswersIn()
    keep: list[str] | None = None
    date: datetime.date | None = None


class SpanOut(Exact):
    kind: Literal["text", "value", "reference", "blank", "break"]
    text: str = ""
    bold: bool = False
    key: str = ""
    number: str = ""
    hint: str = ""


class BlockOut(Exact):
    kind: Literal["paragraph", "list", "table", "signature_line"]
    spans: list[SpanOut] | None = None
    items: list[list[SpanOut]] | None = None
    caption: str | None = None
    header: list[str] | None = None
    rows: list[list[list[SpanOut]]] | None = None
    label: str | None = None


class ClauseOut(Exact):
    key: str
    role: str
    level: int
    label: str
    number: str
    style: str
    title: str
    reference: str
    absorbed: str
    blocks: list[BlockOut]
    clauses: list[ClauseOut]


class TemplateNameOut(Exact):
    key: str
    title: str
    version: str
    sha256: str


class ContentsOut(Exact):
    key: str
    label: str
    title: str


class PairOut(Exact):
    """Two texts of one MOU; the hash covers both."""

    documents: list[DocumentOut]
    sha256: str


class DocumentOut(Exact):
    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    notice: str
    template: TemplateNameOut
    date: datetime.date
    is_draft: bool
    cover: ClauseOut | None
    contents: list[ContentsOut]
    clauses: list[ClauseOut]
    annexes: list[ClauseOut]
    blanks: list[str]
    sha256: str


class VersionIn(Exact):
    """One state of an MOU; `edition` is the hash of the edition of the template, the newest without it."""

    answers: AnswersIn = AnswersIn()
    keep: list[str] | None = None
    edition: str | None = None


class CompareIn(Exact):
    """`docx`: a Word file with tracked changes by `author`; `json`: the clauses that differ."""

    template: str | None = Field(None, max_length=64)
    language: str
    before: VersionIn = VersionIn()
    after: VersionIn
    date: datetime.date | None = None
    author: str = Field("", max_length=100)
    format: Literal["json", "docx"] = "json"


class ReturnedIn(Exact):
    """What the returned file was made from."""

    template: str | None = Field(None, max_length=64)
    language: str
    answers: AnswersIn = AnswersIn()
    keep: list[str] | None = None
    edition: str | None = None


class ChangeOut(Exact):
    """A reference inside a text reads `[§key]`. Of a clause that was `moved`, `before` and `after` are how the clause
    begins that it stood and stands after."""

    kind: Literal["changed", "dropped", "added", "moved"]
    key: str
    before: str
    after: str


class ChangesOut(Exact):
    count: int
    items: list[ChangeOut]
