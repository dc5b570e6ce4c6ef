"""What changed between two editions, or since one of them until today: which texts, which words, and why."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, cached_property, partial
from typing import Any
from uuid import UUID

from dfs_workflow.conf import source_language
from dfs_workflow.editions.codes import choices_of, named, names_in
from dfs_workflow.editions.reasons import Stretch, reasons
from dfs_workflow.editions.snapshot import freeze
from dfs_workflow.editions.source import instances, places
from dfs_workflow.models.edition import Edition, EditionItem, Snapshot
from dfs_workflow.redline import Redline, compare

TODAY = "today"
Names = tuple[Callable[[str, str], dict[str, str]], Callable[[str, str], dict[str, str]]]  # then and now


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Text:
    """One text of an edition, or of today. `content` is a function of its bytes, so it is read only when asked for."""

    key: UUID
    path: str
    reference: str
    title: str
    kind: str
    language: str
    sha256: str
    revision_id: int | None
    position: int = 0


@dataclass(frozen=True)
class Difference:
    name: str
    redline: Redline
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    kind: Kind
    text: Text
    differences: Sequence[Difference]
    reason: str = ""
    # Where it isn't that of the text: the words of the source are told until a translation has its own.
    reason_language: str = ""
    # The source says something else now, and the text in the reader's language doesn't yet.
    is_ahead: bool = False

    @cached_property
    def is_normative(self) -> bool:
        return any(one.redline.is_normative for one in self.differences)


@dataclass(frozen=True)
class Changes:
    before: str
    after: str
    language: str
    rows: Sequence[Change]
    unchanged: int
    counts: dict[str, int] = field(default_factory=dict)


def between(before: Edition, after: Edition | None, language: str) -> Changes:
    """`after` is today where it is None. A text without a translation is compared in the source language, and so is one
    whose translation is still that of the earlier text: who adopted the edition reads that something changed."""
    own = compared(before, after, language)
    if language == source_language():
        return own
    keys = {row.text.key for row in own.rows}
    changed = [row for row in compared(before, after, source_language()).rows if row.kind == Kind.CHANGED]
    ahead = [replace(row, is_ahead=True) for row in changed if row.text.key not in keys]
    counts = {**own.counts, Kind.CHANGED.value: own.counts[Kind.CHANGED] + len(ahead)}
    return replace(own, rows=in_order([*own.rows, *ahead]), counts=counts, unchanged=own.unchanged - len(ahead))


def in_order(rows: Iterable[Change]) -> list[Change]:
    return sorted(rows, key=lambda row: (row.text.path.split("/")[0:2], row.text.position, row.text.path))


def compared(before: Edition, after: Edition | None, language: str) -> Changes:
    old = texts_of(before, language)
    new, contents = (texts_of(after, language), {}) if after else texts_today(old, language, before.parts)
    wanted = [key for key in old.keys() | new.keys() if differs(old.get(key), new.get(key))]
    contents |= stored(text.sha256 for key in wanted for text in (old.get(key), new.get(key)) if text)
    # The same few for all of them, each as it was called then.
    names = cache(partial(names_in, before)), cache(partial(names_in, after) if after else choices_of)
    rows = [change for key in wanted if (change := change_of(old.get(key), new.get(key), contents, names))]
    counts = {kind.value: sum(row.kind == kind for row in rows) for kind in Kind}
    unchanged = len(old.keys() & new.keys()) - counts[Kind.CHANGED]
    name = after.number if after else TODAY
    told = with_reasons(in_order(rows), old, new, before, after)
    return Changes(before.number, name, language, told, unchanged, counts)


def differs(old: Text | None, new: Text | None) -> bool:
    return (old.sha256 if old else "") != (new.sha256 if new else "")


def texts_of(edition: Edition, language: str) -> dict[UUID, Text]:
    """In the language, or in the source where the edition has no translation."""
    rows = EditionItem.objects.filter(edition=edition, language__in={language, source_language()})
    found: dict[UUID, Text] = {}
    for row in sorted(rows, key=lambda row: row.language == language):
        found[row.translation_key] = Text(
            row.translation_key, row.path, row.reference, row.title, row.kind, row.language, row.snapshot_id,
            row.revision_id, row.position,
        )  # fmt: skip
    return found


def texts_today(old: dict[UUID, Text], language: str, parts: Sequence[str]) -> tuple[dict[UUID, Text], dict[str, Any]]:
    """What is live. Only what has another version than the edition is looked at in full."""
    shown = {}
    for place in sorted(places(parts), key=lambda place: place.language == language):
        if place.language in {language, source_language()}:
            shown[place.key] = place
    known = {key: text for key, text in old.items() if key in shown and is_same(text, shown[key])}
    contents: dict[str, Any] = {}
    found = dict(known)
    for place, instance in instances([place for key, place in shown.items() if key not in known]):
        frozen = freeze(instance, place.language)
        contents[frozen.sha256] = content = json.loads(frozen.content)
        found[place.key] = Text(
            place.key, place.path, content["reference"], content["title"], content["kind"], place.language,
            frozen.sha256, place.revision_id,
        )  # fmt: skip
    return found, contents


def is_same(text: Text, place: Any) -> bool:
    """The gate sees to it that a live row shows exactly its version."""
    return text.language == place.language and text.revision_id == place.revision_id is not None


def stored(hashes: Any) -> dict[str, Any]:
    rows = Snapshot.objects.filter(pk__in=set(hashes))
    return {row.pk: json.loads(row.content) for row in rows}


def change_of(old: Text | None, new: Text | None, contents: dict[str, Any], names: Names) -> Change | None:
    text = new or old
    assert text
    before, after = contents.get(old.sha256) if old else None, contents.get(new.sha256) if new else None
    found = list(differences(before, after, text, names))
    if old and new:
        return Change(Kind.CHANGED, text, found) if found else None
    return Change(Kind.ADDED if new else Kind.REMOVED, text, found)


def differences(before: Any, after: Any, text: Text, names: Names) -> Iterator[Difference]:
    """Block by block, so that a new paragraph doesn't make all that follow look new."""
    old, new = units_of(before), units_of(after)
    for place in [*new, *(place for place in old if place not in new)]:
        one, other = old.get(place, ""), new.get(place, "")
        if one != other:
            one, other = (
                named(words, known(text.kind, place[0])) for words, known in zip((one, other), names, strict=True)
            )
            yield Difference(place[0], compare(one, other, text.language), one, other)


def units_of(content: Any) -> dict[tuple[str, str], str]:
    if not content:
        return {}
    found = {("title", ""): content["title"]}
    for part in content["fields"]:
        for number, unit in enumerate(part["units"]):
            found[part["name"], unit["id"] or str(number)] = unit["text"]
    return found


def with_reasons(
    rows: list[Change], old: dict[UUID, Text], new: dict[UUID, Text], before: Edition, after: Edition | None
) -> list[Change]:
    """What readers were told; nothing about what is new, as they knew no earlier version."""
    told = reasons(
        (
            Stretch(key, row.text.language, old[key].revision_id, new[key].revision_id if key in new else None)
            for row in rows
            if (key := row.text.key) in old
        ),
        before,
        after,
    )
    return [
        replace(row, reason=said.text, reason_language=said.language) if (said := told.get(row.text.key)) else row
        for row in rows
    ]
