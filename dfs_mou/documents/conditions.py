"""Which clauses are printed, why, and which questions they need.

Conditions have three values: a variable that was not asked yet makes them unknown (`None`), one that was
asked and left empty makes them false. Everything here is data; the words are for the screen to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dfs_mou.documents import party_order
from dfs_mou.documents.answers import ASK, EMPTY, Answers
from dfs_mou.documents.clauses import Condition, Node
from dfs_mou.documents.edition import Edition, Variable

Lookup = Callable[[str], Any]


def holds(condition: Condition | None, lookup: Lookup) -> bool | None:
    """True, false, or None where an answer that decides is not there yet."""
    if condition is None:
        return True
    if condition.op == "not":
        inner = holds(condition.of[0], lookup)
        return None if inner is None else not inner
    if condition.op in ("all", "any"):
        parts = [holds(part, lookup) for part in condition.of]
        decisive = condition.op == "any"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    return _test(condition, lookup(condition.var))


def _test(test: Condition, value: Any) -> bool | None:
    if value is ASK:
        return None
    if test.op == "set":
        return value not in EMPTY and value is not False
    if test.op == "in":
        return value in test.value
    return bool((value == test.value) is (test.op == "eq"))


class Status(StrEnum):
    IN = "in"
    OUT = "out"
    ASK = "ask"


class Reason(StrEnum):
    MANDATORY = "mandatory"  # it is always printed
    CHOSEN = "chosen"  # the condition holds
    KEPT = "kept"  # optional, and kept
    REQUIRED = "required"  # brought in by the clause `because`
    LEFT_OUT = "left_out"  # optional, and not kept
    CONDITION = "condition"  # the condition does not hold
    OPEN = "open"  # the condition waits for the answers `waits_for`
    PARENT = "parent"  # the clause `because`, which holds it, is not printed


@dataclass(frozen=True)
class ClauseState:
    key: str
    status: Status
    reason: Reason
    condition: Condition | None = None
    facts: tuple[tuple[str, Any], ...] = ()  # the variables of the condition and their values
    waits_for: tuple[str, ...] = ()
    because: str | None = None

    @property
    def is_in(self) -> bool:
        return self.status is Status.IN

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "status": self.status.value,
            "reason": self.reason.value,
            "condition": self.condition and self.condition.to_json(),
            "facts": [
                {"var": var, "asked": value is not ASK, "value": None if value is ASK else value}
                for var, value in self.facts
            ],
            "waits_for": list(self.waits_for),
            "because": self.because,
        }


def kept_by_default(edition: Edition) -> frozenset[str]:
    return frozenset(node.key for node in edition.nodes() if node.kind == "optional" and node.default_included)


def clauses_in(edition: Edition, answers: Answers, keep: Collection[str] | None = None) -> dict[str, ClauseState]:
    """The state of every clause, in template order; `keep` names the optional clauses that are kept."""
    kept = set(kept_by_default(edition) if keep is None else keep)
    required: dict[str, str] = {}
    while True:
        states = _pass(edition, answers, kept, required)
        more = {
            target: node.key
            for node in edition.nodes()
            if states[node.key].is_in
            for target in node.requires
            if target not in required
        }
        if not more:
            return states
        required |= more


def _pass(
    edition: Edition, answers: Answers, kept: Collection[str], required: dict[str, str]
) -> dict[str, ClauseState]:
    states: dict[str, ClauseState] = {}

    def visit(node: Node, parent: ClauseState | None) -> None:
        state = states[node.key] = _state(edition, answers, node, parent, node.key in kept, required.get(node.key))
        for child in node.clauses:
            visit(child, state)

    for top in (*edition.clauses, *edition.annexes):
        visit(top, None)
    return states


def _state(
    edition: Edition,
    answers: Answers,
    node: Node,
    parent: ClauseState | None,
    kept: bool,
    requirer: str | None,
) -> ClauseState:
    def lookup(name: str) -> Any:
        return answers.deciding(edition.by_name[name])

    names = dict.fromkeys(test.var for test in node.condition.tests()) if node.condition else {}
    facts = tuple((name, lookup(name)) for name in names)
    waits_for = tuple(name for name, value in facts if value is ASK)

    def state(status: Status, reason: Reason, because: str | None = None) -> ClauseState:
        waiting = waits_for if reason is Reason.OPEN else ()
        if reason is Reason.PARENT and parent:
            waiting = parent.waits_for
        return ClauseState(node.key, status, reason, node.condition, facts, waiting, because)

    if parent and not parent.is_in:
        return state(parent.status, Reason.PARENT, parent.key)
    if requirer:
        return state(Status.IN, Reason.REQUIRED, requirer)
    if node.kind == "optional" and not kept:
        return state(Status.OUT, Reason.LEFT_OUT)
    result = holds(node.condition, lookup)
    if result is None:
        return state(Status.ASK, Reason.OPEN)
    if not result:
        return state(Status.OUT, Reason.CONDITION)
    if node.kind == "optional":
        return state(Status.IN, Reason.KEPT)
    return state(Status.IN, Reason.CHOSEN if node.condition else Reason.MANDATORY)


@dataclass(frozen=True)
class Need:
    """A question to ask, and why: the clauses that print it, and those whose condition tests it."""

    variable: Variable
    printed_in: tuple[str, ...]
    decides: tuple[str, ...]
    open_in: tuple[str, ...]  # the languages without an answer or a default; ("",) for one that is not localised

    @property
    def is_open(self) -> bool:
        return bool(self.open_in)


def variables_needed(
    edition: Edition,
    answers: Answers,
    keep: Collection[str] | None = None,
    languages: Iterable[str] | None = None,
) -> list[Need]:
    """The questions that the printed clauses need, in template order."""
    languages = tuple(languages or edition.languages)
    states = clauses_in(edition, answers, keep)
    printed: dict[str, dict[str, None]] = {}
    decides: dict[str, dict[str, None]] = {}
    for node in edition.nodes():
        state = states[node.key]
        if state.is_in:
            for language in edition.languages:
                for run in node.runs(language):
                    if run.var:
                        printed.setdefault(run.var, {})[node.key] = None
        if state.reason not in (Reason.LEFT_OUT, Reason.PARENT):
            for name, _ in state.facts:
                decides.setdefault(name, {})[node.key] = None
    _add_bases(edition, printed)
    if party_order.VARIABLE in edition.by_name:
        printed[party_order.VARIABLE] = {key: None for key in party_order.moved(edition) if states[key].is_in}
    return [
        Need(
            variable,
            tuple(printed.get(name, ())),
            tuple(decides.get(name, ())),
            _open(answers, variable, languages),
        )
        for name, variable in edition.by_name.items()
        if name in printed or name in decides
    ]


def _add_bases(edition: Edition, printed: dict[str, dict[str, None]]) -> None:
    """A form of a name is proposed from the name, so the name is asked wherever a form is printed."""
    for name in list(printed):
        base = (edition.by_name[name].form_of or "").split(":")[0]
        if base:
            printed.setdefault(base, {}).update(printed[name])


def _open(answers: Answers, variable: Variable, languages: tuple[str, ...]) -> tuple[str, ...]:
    wanted = languages if variable.localised else ("",)
    return tuple(language for language in wanted if answers.value(variable, language) is ASK)
