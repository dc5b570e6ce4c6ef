"""The exact shapes of a state of answers and of what is said about it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from dfs_mou.api.schemas import AnswersIn, ConditionOut, Exact, VariableOut


class StateIn(Exact):
    """Answers so far. `languages`: those of the MOU, all of the template without it; `keep`: the optional clauses."""

    template: str | None = Field(None, max_length=64)
    language: str | None = Field(None, description="Only the texts in this language")
    languages: list[str] | None = Field(None, min_length=1, max_length=20)
    answers: AnswersIn = AnswersIn()
    keep: list[str] | None = None


class NeededOut(VariableOut):
    """`open_in`: the languages in which it has no answer yet, [""] for one that is the same in all."""

    printed_in: list[str]
    decides: list[str]
    open_in: list[str]


class NeedsOut(Exact):
    """The questions that the MOU asks for, as far as it is decided. `open`: how many have no answer yet."""

    count: int
    open: int
    items: list[NeededOut]


class FactOut(Exact):
    var: str
    asked: bool
    value: Any = None


class ClauseStateOut(Exact):
    """Whether a clause is printed, and why; `because` is another clause, `facts` are the answers that decide."""

    key: str
    status: Literal["in", "out", "ask"]
    reason: str
    condition: ConditionOut | None
    facts: list[FactOut]
    waits_for: list[str]
    because: str | None


class AnswerProblemOut(Exact):
    """`language`: of an answer that each language has of its own."""

    name: str
    language: str | None
    code: str
    message: str


class ValidityOut(Exact):
    """`is_valid`: nothing that was answered is wrong; `open`: questions without an answer, which print as a line."""

    is_valid: bool
    problems: list[AnswerProblemOut]
    open: list[str]
    clauses: list[ClauseStateOut]
