"""What a reader of a translation has to know: which of its fields the source has moved on from, and since when.

A live translation is compared, by the manifest of its version, with the wording of the source as it is live now.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringSegment

from dfs_workflow.translation.models import SourceChange, SourceManifest, StaleField

Place = tuple[str, str]  # path and hash of a text of the source
Known = dict[tuple[str, str], set[str]]  # by path and hash, the wordings that mean the same


class FieldState(TextChoices):
    SOURCE = "source", _("in the source language")
    CURRENT = "current", _("up to date")
    OUTDATED = "outdated", _("the source has changed since")
    UNTRANSLATED = "untranslated", _("partly in the source language")


@dataclass(frozen=True)
class FieldFreshness:
    state: FieldState
    source_changed_at: datetime | None = None

    @property
    def is_outdated(self) -> bool:
        return self.state == FieldState.OUTDATED

    @property
    def is_current(self) -> bool:
        return self.state in (FieldState.CURRENT, FieldState.SOURCE)


@dataclass(frozen=True)
class Freshness:
    """Of one live translation. Fields without a text have no entry."""

    fields: Mapping[str, FieldFreshness] = field(default_factory=dict)
    normative: frozenset[str] = frozenset()
    source: Any = None

    def outdated(self, name: str) -> FieldFreshness | None:
        found = self.fields.get(name)
        return found if found and found.is_outdated else None

    @property
    def newer(self) -> dict[str, FieldFreshness]:
        """Normative fields that readers are shown in the new wording of the source."""
        return {name: found for name in sorted(self.normative) if (found := self.outdated(name))}

    @property
    def informative(self) -> list[FieldFreshness]:
        """Other fields that are outdated."""
        return [
            found
            for name, found in self.fields.items()
            if found.state == FieldState.OUTDATED and name not in self.normative
        ]

    @property
    def is_partly_untranslated(self) -> bool:
        return any(found.state == FieldState.UNTRANSLATED for found in self.fields.values())

    @property
    def changed_at(self) -> datetime | None:
        """The latest change that the informative part lacks."""
        return max((found.source_changed_at for found in self.informative if found.source_changed_at), default=None)


def freshness(rows: Iterable[Any]) -> dict[int, Freshness]:
    """By primary key, of pages or of snippets of one kind; those in the source language have none.

    Three queries, however many rows; the third only where something has changed.
    """
    wanted = {row.live_revision_id: row for row in rows if row.live_revision_id}
    manifests = SourceManifest.objects.filter(revision_id__in=wanted) if wanted else []
    made_from = {wanted[manifest.revision_id]: manifest.source_hashes for manifest in manifests}
    if not made_from:
        return {}
    now = texts_now({row.translation_key for row in made_from})
    same = Equivalence(made_from)
    return {row.pk: compare(row, entries, now[row.translation_key], same) for row, entries in made_from.items()}


def stale_fields(language: str) -> dict[Any, dict[str, FieldFreshness]]:
    """By translation key, what is not up to date in a language: one query for all that a request shows."""
    found: dict[Any, dict[str, FieldFreshness]] = defaultdict(dict)
    rows = StaleField.objects.filter(locale__language_code=language)
    for row in rows.only("translation_key", "field", "state", "source_changed_at"):
        found[row.translation_key][row.field] = FieldFreshness(FieldState(row.state), row.source_changed_at)
    return dict(found)


def normative_fields(row: Any) -> frozenset[str]:
    return frozenset(getattr(type(row), "normative_fields", ()))


def texts_now(keys: Iterable[Any]) -> dict[Any, list[tuple[str, str, datetime | None]]]:
    """By object: path, hash and date of change of each text of the source."""
    changes = SourceChange.objects.filter(new_id=OuterRef("string_id"), context_id=OuterRef("context_id"))
    latest = changes.order_by().values("new_id").annotate(at=Max("changed_at")).values("at")
    rows = StringSegment.objects.filter(source__object_id__in=list(keys)).order_by("order")
    found: dict[Any, list[tuple[str, str, datetime | None]]] = defaultdict(list)
    for key, path, data_hash, at in rows.annotate(at=Subquery(latest)).values_list(
        "source__object_id", "context__path", "string__data_hash", "at"
    ):
        found[key].append((path, str(data_hash), at))
    return found


class Equivalence:
    """Wordings whose meaning an editor declared unchanged; asked for only where wordings differ at all."""

    def __init__(self, rows: Mapping[Any, Any]) -> None:
        self.keys = {row.translation_key for row in rows}
        self.pairs: dict[tuple[Any, str, str], set[str]] | None = None

    def earlier(self, key: Any, path: str, data_hash: str) -> set[str]:
        """All wordings from which this one follows without a change of meaning."""
        if self.pairs is None:
            self.pairs = defaultdict(set)
            for row in declared(self.keys).values_list(
                "context__object_id", "context__path", "new__data_hash", "old__data_hash"
            ):
                self.pairs[row[0], row[1], str(row[2])].add(str(row[3]))
        found, open_ends = set(), [data_hash]
        while open_ends:
            for old in self.pairs.get((key, path, open_ends.pop()), ()):
                if old not in found:
                    found.add(old)
                    open_ends.append(old)
        return found


def declared(keys: Iterable[Any]) -> QuerySet[SourceChange]:
    return SourceChange.objects.filter(context__object_id__in=list(keys), unchanged_at__isnull=False)


def compare(row: Any, entries: Iterable[list[Any]], now: Iterable[Any], same: Equivalence) -> Freshness:
    held: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        held[entry[0]].add(str(entry[2]))
    kept: dict[str, set[str]] = defaultdict(set)  # what was held and is still in the source
    found: dict[str, FieldFreshness] = {}
    for path, data_hash, at in now:
        wordings = matching(held[path], data_hash, same, row.translation_key, path)
        kept[path] |= wordings
        state = FieldState.CURRENT if wordings else missing(held[path])
        put(found, path, FieldFreshness(state, at if state == FieldState.OUTDATED else None))
    for path, wordings in held.items():
        if wordings - kept[path] - {""} and (name_of(path) not in found or found[name_of(path)].state == "current"):
            put(found, path, FieldFreshness(FieldState.OUTDATED))
    return Freshness(found, normative_fields(row))


def matching(held: set[str], data_hash: str, same: Equivalence, key: Any, path: str) -> set[str]:
    """Of the wordings that a version was made from, those that say what this one says."""
    return {data_hash} if data_hash in held else held and held & same.earlier(key, path, data_hash)


def missing(held: set[str]) -> FieldState:
    return FieldState.UNTRANSLATED if "" in held else FieldState.OUTDATED


def name_of(path: str) -> str:
    return path.split(".")[0]


def put(found: dict[str, FieldFreshness], path: str, new: FieldFreshness) -> None:
    """The worst state of its texts is that of a field, with the latest of their changes."""
    old = found.get(name_of(path), new)
    later = max((at for at in (old.source_changed_at, new.source_changed_at) if at), default=None)
    found[name_of(path)] = FieldFreshness(max(old.state, new.state, key=RANK.index), later)


RANK = [FieldState.CURRENT, FieldState.UNTRANSLATED, FieldState.OUTDATED]
