"""Which clauses of a file that came back stand in another place among their neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from dfs_mou.documents.comparison import Change, Kind
from dfs_mou.documents.document import Clause, Document


def moves(sent: Document, names: Mapping[str, str], keys: Sequence[str]) -> list[Change]:
    """As few as explain the new order. `keys`: the clauses as they came back; `names`: how each began."""
    places = {key: place for place, key in enumerate(keys)}
    return [move for siblings in _siblings(sent) for move in _among(siblings, places, names)]


def _siblings(sent: Document) -> Iterator[tuple[Clause, ...]]:
    yield sent.tops
    for clause in sent.walk():
        yield clause.clauses


def _among(siblings: Sequence[Clause], places: Mapping[str, int], names: Mapping[str, str]) -> Iterator[Change]:
    before = [clause.key for clause in siblings if clause.key in places]
    after = sorted(before, key=places.__getitem__)
    stayed = longest_rising([places[key] for key in before])
    for key in before:
        if places[key] not in stayed:
            yield Change(Kind.MOVED, key, _before(key, before, names), _before(key, after, names))


def _before(key: str, keys: Sequence[str], names: Mapping[str, str]) -> str:
    place = keys.index(key)
    return names[keys[place - 1]] if place else ""


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers, all different, of one of the longest rising rows in them."""
    ends: list[int] = []
    chains: dict[int, tuple[int, ...]] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        chains[number] = (*(chains[ends[place - 1]] if place else ()), number)
        ends[place : place + 1] = [number]
    return set(chains[ends[-1]]) if ends else set()
