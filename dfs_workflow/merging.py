"""Three states of one content become one. Pure: it knows no page, request or database.

`base` is what a proposal was written on, `proposed` what it says, `now` the newest version. Content is what JSON can
hold; a list whose items all have an identity (`id`, or `pk` of a child row) is merged item by item. What only one side
changed is taken; what both changed differently is a conflict: `now` stays until somebody answers it, having seen it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

Path = tuple[str, ...]
ORDER = "order"


class Absent(Enum):
    """What isn't there; JSON's null is a value."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True)
class Change:
    """What the proposal says at one place. `now` equals `base` where nobody else touched it."""

    path: Path
    base: Any
    proposed: Any
    now: Any


@dataclass(frozen=True)
class Answer:
    """What somebody decided about one place: `value` replaces what was there when they looked, and nothing else."""

    value: Any
    seen: Any


@dataclass(frozen=True)
class Merged:
    value: Any
    changes: Sequence[Change]
    conflicts: Sequence[Change]


def merge(base: Any, proposed: Any, now: Any, answers: Mapping[Path, Answer] | None = None) -> Merged:
    merging = Merging(answers or {})
    value = merging.node((), base, proposed, now)
    return Merged(value, tuple(merging.changes), tuple(merging.conflicts))


def changes_between(base: Any, proposed: Any) -> Sequence[Change]:
    return merge(base, proposed, base).changes


@dataclass
class Merging:
    answers: Mapping[Path, Answer]
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)

    def node(self, path: Path, base: Any, proposed: Any, now: Any) -> Any:
        if proposed in (base, now):
            return now
        if are_records(base, proposed, now):
            return self.record(path, base, proposed, now)
        if are_keyed(base, proposed, now):
            return self.keyed(path, by_key(base), by_key(proposed), by_key(now))
        return self.leaf(path, base, proposed, now)

    def leaf(self, path: Path, base: Any, proposed: Any, now: Any) -> Any:
        change = Change(path, base, proposed, now)
        answer = self.answers.get(path)
        if answer is not None and answer.seen == now:
            if answer.value != now:
                self.changes.append(Change(path, base, answer.value, now))
            return answer.value
        if now != base or answer is not None:
            self.conflicts.append(change)
            return now
        self.changes.append(change)
        return proposed

    def record(self, path: Path, base: Any, proposed: Any, now: Any) -> dict[str, Any]:
        names = [*now, *(name for name in proposed if name not in now)]
        values = {
            name: self.node((*path, name), *(side.get(name, ABSENT) for side in (base, proposed, now)))
            for name in names
        }
        return {name: value for name, value in values.items() if value is not ABSENT}

    def keyed(self, path: Path, base: Any, proposed: Any, now: Any) -> list[Any]:
        items = {
            key: self.node((*path, key), *(side.get(key, ABSENT) for side in (base, proposed, now)))
            for key in [*now, *(key for key in proposed if key not in now)]
        }
        kept = {key: item for key, item in items.items() if item is not ABSENT}
        return [kept[key] for key in self.order(path, list(base), list(proposed), list(now), kept)]

    def order(self, path: Path, base: list[str], proposed: list[str], now: list[str], kept: Any) -> list[str]:
        """That of who moved something; what the other one added stays behind what it was written after."""
        common = {*base} & {*proposed} & {*now}
        was, wanted, found = ([key for key in side if key in common] for side in (base, proposed, now))
        leading, following = now, proposed
        if wanted not in (was, found) and self.leaf((*path, ORDER), was, wanted, found) == wanted:
            leading, following = proposed, now
        order = [key for key in leading if key in kept]
        for place, key in enumerate(following):
            if key in kept and key not in order:
                before = next((other for other in reversed(following[:place]) if other in order), None)
                order.insert(order.index(before) + 1 if before is not None else 0, key)
        return order


def are_records(*sides: Any) -> bool:
    """A block that became one of another type is compared as a whole."""
    return all(isinstance(side, dict) for side in sides) and len({str(side.get("type")) for side in sides}) == 1


def are_keyed(*sides: Any) -> bool:
    return all(isinstance(side, list) and len(by_key(side)) == len(side) for side in sides)


def by_key(items: list[Any]) -> dict[str, Any]:
    """Shorter than the list where an item has no identity, or two have the same."""
    return {key: item for item in items if (key := key_of(item)) is not None}


def key_of(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    key = item.get("id") or item.get("pk")
    return None if key is None else str(key)
