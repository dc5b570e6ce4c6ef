"""What readers were told between an edition and a later state of the same texts. What reviewers wrote stays inside."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from dfs_workflow.conf import source_language
from dfs_workflow.models import Decision, PermanentReference
from dfs_workflow.models.edition import Edition, EditionItem
from dfs_workflow.told import Told, Words, said_between

Place = tuple[int, str]  # content type and key, as decisions name it


@dataclass(frozen=True)
class Stretch:
    """From one version of a text to another one; `until` is none where it was withdrawn."""

    key: UUID
    language: str
    since: int | None
    until: int | None


@dataclass
class Record:
    """When versions came out, of what, and what was told about that."""

    places: dict[int, Place] = field(default_factory=dict)
    times: dict[int, datetime] = field(default_factory=dict)
    words: dict[Place, list[Words]] = field(default_factory=lambda: defaultdict(list))


def reasons(stretches: Iterable[Stretch], before: Edition, after: Edition | None) -> dict[UUID, Told]:
    """As many queries for many texts as for one."""
    rows = list(stretches)
    sources = frozen_sources(rows, before)
    known = record({each for row in rows for each in (row.since, row.until)} | set(sources.values()))
    gone = withdrawal_reasons([row.key for row in rows if row.until is None])
    last = after.frozen_at if after else None
    found: dict[UUID, Told] = {}
    for row in rows:
        if row.key in gone:
            found[row.key] = Told(gone[row.key], "")
        elif said := told_about(row, known, sources.get(row.key), last):
            found[row.key] = said
    return found


def told_about(row: Stretch, known: Record, source: int | None, last: datetime | None) -> Told | None:
    start = known.times.get(row.since) if row.since else None
    end = known.times.get(row.until) if row.until else last
    if start is None or (row.until and end is None):
        return None
    for revision, language in ((row.since, row.language), (source, source_language())):
        words = known.words.get(known.places[revision], []) if revision in known.places else []
        text = said_between(words, start, end or datetime.max.replace(tzinfo=start.tzinfo))
        if text:
            return Told(text, language)
    return None


def frozen_sources(rows: list[Stretch], before: Edition) -> dict[UUID, int]:
    """The versions of the source that stood beside the translations."""
    keys = {row.key for row in rows if row.language != source_language()}
    items = EditionItem.objects.filter(edition=before, language=source_language(), translation_key__in=keys)
    return dict(items.exclude(revision_id=None).values_list("translation_key", "revision_id"))


def record(revisions: set[int | None]) -> Record:
    found = Record()
    rows = Decision.objects.filter(revision_id__in=revisions - {None}, kind__in=Decision.PUBLISHING).order_by(
        "at", "pk"
    )
    for revision, kind, key, at in rows.values_list("revision_id", "content_type_id", "object_id", "at"):
        found.places[revision], found.times[revision] = (kind, key), at
    keys = {key for _kind, key in found.places.values()}
    said = Decision.objects.filter(object_id__in=keys).exclude(public_reason="").order_by("at", "pk")
    for kind, key, at, text in said.values_list("content_type_id", "object_id", "at", "public_reason"):
        found.words[kind, key].append(Words(at, text))
    return found


def withdrawal_reasons(keys: list[UUID]) -> dict[UUID, str]:
    found = PermanentReference.objects.filter(translation_key__in=keys).exclude(withdrawal_reason="")
    return dict(found.values_list("translation_key", "withdrawal_reason"))
