"""What is printed together, whatever is answered: clauses with those that hold them, references, alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dfs_mou.documents.answer_space import combinations, is_countable
from dfs_mou.documents.clauses import Node
from dfs_mou.documents.conditions import holds
from dfs_mou.documents.edition import Edition

Chain = tuple[Node, ...]


def chains(edition: Edition) -> Iterator[Chain]:
    """Each clause with those that hold it, from the top."""

    def below(node: Node, above: Chain) -> Iterator[Chain]:
        chain = (*above, node)
        yield chain
        for child in node.clauses:
            yield from below(child, chain)

    for top in (*edition.clauses, *edition.annexes):
        yield from below(top, ())


def is_printed_with(edition: Edition, target: Node, chain: Chain) -> bool:
    """Whether the clause `target` is there wherever the last of the chain is."""
    if target.key == chain[0].key or any(target.key in link.requires for link in chain):
        return True
    if target.kind == "optional" or target.condition is None:
        return target.kind != "optional"
    brought_in = {key for node in edition.nodes() for key in node.requires}  # whether their condition holds or not
    sure = [link for link in chain if link.key not in brought_in]
    conditions = [target.condition, *(link.condition for link in sure if link.condition)]
    return is_countable(edition, conditions) and all(
        holds(target.condition, answers.__getitem__)
        for answers in combinations(edition, conditions)
        if _all_hold(sure, answers)
    )


def _all_hold(chain: Sequence[Node], answers: Mapping[str, Any]) -> bool:
    return all(holds(link.condition, answers.__getitem__) for link in chain)


@dataclass(frozen=True)
class WrongGroup:
    """A group of alternatives of which some answers print another number than one."""

    name: str
    keys: tuple[str, ...]
    answers: Mapping[str, Any]
    count: int


def wrong_groups(edition: Edition) -> Iterator[WrongGroup]:
    """Wherever a clause that holds some of them is printed, exactly one of a group of alternatives is."""
    groups: dict[str, list[Chain]] = {}
    for chain in chains(edition):
        if chain[-1].alternatives_group:
            groups.setdefault(chain[-1].alternatives_group, []).append(chain)
    for name, rows in groups.items():
        conditions = [node.condition for chain in rows for node in chain if node.condition]
        for answers in combinations(edition, conditions):
            count = sum(_all_hold(chain, answers) for chain in rows)
            if count != 1 and any(_all_hold(chain[:-1], answers) for chain in rows):
                yield WrongGroup(name, tuple(chain[-1].key for chain in rows), answers, count)
                break
