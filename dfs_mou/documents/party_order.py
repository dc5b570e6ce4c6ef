"""Which of the two authorities is named first: on the cover, among the parties, for notices, in the signatures.

A template that asks `party_order` gets it by its names alone: of two parts beside each other, `…-regulator` and
`…-central-bank`, and of two paragraphs that are nothing but a name of the one and a name of the other, each takes the
place of the other. What ends a part without naming anybody (“and”, « d’une part, ») stays in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.clauses import Node, Paragraph
from dfs_mou.documents.edition import Edition

VARIABLE, CENTRAL_BANK_FIRST = "party_order", "central_bank_first"
PARTS = ("-regulator", "-central-bank")
NAMES = ("telecom_regulator_name", "central_bank_name")


def ordered(edition: Edition, answers: Answers) -> Edition:
    variable = edition.by_name.get(VARIABLE)
    if variable is None or answers.deciding(variable) != CENTRAL_BANK_FIRST:
        return edition
    clauses, annexes = (tuple(_node(node) for node in nodes) for nodes in (edition.clauses, edition.annexes))
    return replace(edition, clauses=clauses, annexes=annexes)


def moved(edition: Edition) -> list[str]:
    """The clauses and parts that the order of the parties moves something in."""
    return [node.key for node in edition.nodes() if list(_pairs(node)) or any(map(_names, node.body.values()))]


def _node(node: Node) -> Node:
    parts = [_node(part) for part in node.clauses]
    for first, second in _pairs(node):
        one, other = parts[first], parts[second]
        parts[first], parts[second] = _ending_as(other, one), _ending_as(one, other)
    body = {language: _turned(paragraphs) for language, paragraphs in node.body.items()}
    return replace(node, clauses=tuple(parts), body=body)


def _pairs(node: Node) -> Iterator[tuple[int, int]]:
    places = {part.key: place for place, part in enumerate(node.clauses)}
    for key, place in places.items():
        other = key.removesuffix(PARTS[0]) + PARTS[1]
        if key.endswith(PARTS[0]) and other in places:
            yield place, places[other]


def _ending_as(node: Node, model: Node) -> Node:
    body = {}
    for language, paragraphs in node.body.items():
        ending = model.body.get(language, ())
        body[language] = (*paragraphs[: _own(paragraphs)], *ending[_own(ending) :])
    return replace(node, body=body)


def _own(paragraphs: tuple[Paragraph, ...]) -> int:
    """How many paragraphs belong to the party; of words that were agreed instead, the first."""
    naming = [place for place, runs in enumerate(paragraphs) if any(run.var for run in runs)]
    return naming[-1] + 1 if naming else min(1, len(paragraphs))


def _turned(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    if not (found := _names(paragraphs)):
        return paragraphs
    turned = list(paragraphs)
    first, second = found
    turned[first], turned[second] = turned[second], turned[first]
    return tuple(turned)


def _names(paragraphs: tuple[Paragraph, ...]) -> tuple[int, int] | None:
    """The places of two paragraphs that are a name alone, one of each authority."""
    alone = [(place, runs[0].var or "") for place, runs in enumerate(paragraphs) if len(runs) == 1]
    places = [[place for place, var in alone if var.startswith(prefix)] for prefix in NAMES]
    return (places[0][0], places[1][0]) if all(len(found) == 1 for found in places) else None
