"""What is wrong in a template though it could be printed: for its editors, before they publish.

`edition_checks.problems` is the other half: what can't be printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from dfs_mou.documents import party_order
from dfs_mou.documents.answer_space import combinations, is_countable
from dfs_mou.documents.clauses import Node
from dfs_mou.documents.conditions import holds
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.edition_presence import Chain, chains
from dfs_mou.documents.name_forms import FORMS

Code = Literal["unused", "unreachable", "never", "always", "chips", "no_form", "nothing"]


@dataclass(frozen=True)
class Finding:
    """`key`: the clause, or `name`: the question; `more` is what the sentence about it needs."""

    code: Code
    key: str = ""
    name: str = ""
    language: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """No edition is made with it. A language for which no form is known at all can't be mended by its editors:
        there drafters type the forms."""
        return self.code != "no_form" or any(language == self.language for language, _form, _country in FORMS)


def lint(edition: Edition) -> list[Finding]:
    dead = {node.key for chain in chains(edition) for node in chain[-1:] if not can_hold(edition, chain)}
    return [
        *_clauses(edition, dead),
        *_chips(edition),
        *_questions(edition, dead),
        *_forms(edition),
    ]


def can_hold(edition: Edition, chain: Chain) -> bool:
    conditions = [node.condition for node in chain if node.condition]
    return not is_countable(edition, conditions) or any(
        all(holds(condition, answers.__getitem__) for condition in conditions)
        for answers in combinations(edition, conditions)
    )


def _clauses(edition: Edition, dead: set[str]) -> Iterator[Finding]:
    for chain in chains(edition):
        node = chain[-1]
        parent_dead = any(above.key in dead for above in chain[:-1])
        if node.key in dead and not parent_dead:
            yield Finding("never", key=node.key, more={"condition": node.condition})
        elif node.condition and _always(edition, chain):
            yield Finding("always", key=node.key, more={"condition": node.condition})
        if not node.body and not node.clauses and not node.title:
            yield Finding("nothing", key=node.key)


def _always(edition: Edition, chain: Chain) -> bool:
    """Whenever the clauses above are printed, so is this one, whatever was answered."""
    above = [node.condition for node in chain[:-1] if node.condition]
    own = chain[-1].condition
    assert own is not None
    return is_countable(edition, [*above, own]) and all(
        holds(own, answers.__getitem__)
        for answers in combinations(edition, [*above, own])
        if all(holds(condition, answers.__getitem__) for condition in above)
    )


def _chips(edition: Edition) -> Iterator[Finding]:
    """A translation may say a sentence otherwise, but not lose or double what is printed in it."""
    source, *others = edition.languages
    for node in edition.nodes():
        wanted = _chip_count(node, source)
        for language in others:
            found = _chip_count(node, language)
            for chip in sorted({*wanted, *found}):
                if wanted[chip] != found[chip]:
                    more = {"chip": chip, "wanted": wanted[chip], "found": found[chip]}
                    yield Finding("chips", key=node.key, language=language, more=more)


def _chip_count(node: Node, language: str) -> Counter[tuple[str, str]]:
    return Counter(
        ("var", run.var) if run.var else ("ref", run.ref or "") for run in node.runs(language) if run.var or run.ref
    )


def _questions(edition: Edition, dead: set[str]) -> Iterator[Finding]:
    alive: set[str] = set()
    anywhere: set[str] = set()
    for chain in chains(edition):
        names = {run.var for language in edition.languages for run in chain[-1].runs(language) if run.var}
        names |= {test.var for test in chain[-1].condition.tests()} if chain[-1].condition else set()
        anywhere |= names
        if not any(node.key in dead for node in chain):
            alive |= names
    if party_order.moved(edition):
        alive.add(party_order.VARIABLE)
        anywhere.add(party_order.VARIABLE)
    for variable in edition.variables:
        base = (variable.form_of or "").split(":")[0]
        if base and variable.name in anywhere:
            anywhere.add(base)
            alive |= {base} if variable.name in alive else set()
    for variable in edition.variables:
        if variable.name not in anywhere:
            yield Finding("unused", name=variable.name)
        elif variable.name not in alive:
            yield Finding("unreachable", name=variable.name)


def _forms(edition: Edition) -> Iterator[Finding]:
    for variable in edition.variables:
        base, _separator, form = (variable.form_of or "").partition(":")
        if not base or base not in edition.by_name:
            continue
        is_country = edition.by_name[base].type == "country"
        for language in edition.languages:
            if (language, form, is_country) not in FORMS:
                yield Finding("no_form", name=variable.name, language=language)
