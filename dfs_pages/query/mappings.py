"""How statements relate to other frameworks: in both directions, over two steps, and how much is covered."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from dfs_pages import conf
from dfs_pages.models import Confidence, ControlMapping, Item, Relation
from dfs_pages.query.entries import Entry, foreign_language
from dfs_pages.query.overlay import Reader
from dfs_pages.query.statements import by_references
from dfs_workflow.models import Decision
from dfs_workflow.query import public

INVERSE = {Relation.SUBSET: Relation.SUPERSET, Relation.SUPERSET: Relation.SUBSET}
# What covers an item in full. A subset or an intersection never does, nor do several of them together.
FULL = frozenset({Relation.EQUAL, Relation.EQUIVALENT, Relation.SUPERSET})
PARTIAL = frozenset({Relation.SUBSET, Relation.INTERSECTS})
STRENGTH = {
    Relation.NONE: 0, Relation.INTERSECTS: 1, Relation.SUBSET: 2, Relation.SUPERSET: 2, Relation.EQUIVALENT: 3,
    Relation.EQUAL: 4,
}  # fmt: skip
CERTAINTY = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


@dataclass(frozen=True)
class Mapped:
    """One mapping as seen from one of its ends; `relation` is read from that end to `item`."""

    start: Item
    start_entry: Entry
    item: Item
    entry: Entry
    framework: str
    relation: Relation
    rationale: str
    confidence: Confidence
    author: str
    mapped_on: date
    is_draft: bool
    language: str


@dataclass(frozen=True)
class TwoHops:
    """What follows from two mappings; nothing, where `relation` is None."""

    first: Mapped
    second: Mapped
    relation: Relation | None
    weakest: Relation
    confidence: Confidence


@dataclass(frozen=True)
class Coverage:
    """How many items of one side the other one covers."""

    full: int
    partial: int
    total: int | None

    @property
    def none(self) -> int:
        return (self.total or 0) - self.full - self.partial


@dataclass(frozen=True)
class FrameworkMapping:
    code: str
    framework: conf.Framework
    rows: Sequence[Mapped]
    relations: Sequence[tuple[Relation, int]]
    theirs: Coverage
    ours: Coverage
    drafts: int


def inverse(relation: str) -> Relation:
    return INVERSE.get(Relation(relation), Relation(relation))


def compose(first: Relation, second: Relation) -> Relation | None:
    """What holds between A and C if the first holds between A and B and the second between B and C."""
    if first in (Relation.EQUAL, Relation.EQUIVALENT):
        weaker = Relation.EQUIVALENT if first == Relation.EQUIVALENT and second == Relation.EQUAL else second
        return None if weaker == Relation.NONE else weaker
    if second in (Relation.EQUAL, Relation.EQUIVALENT):
        return None if first == Relation.NONE else first
    if first == second and first in (Relation.SUBSET, Relation.SUPERSET):
        return first
    shared = {
        (Relation.SUPERSET, Relation.SUBSET), (Relation.SUPERSET, Relation.INTERSECTS),
        (Relation.INTERSECTS, Relation.SUBSET),
    }  # fmt: skip
    return Relation.INTERSECTS if (first, second) in shared else None


def touching(items: Iterable[Item]) -> Q:
    wanted = Q(pk=None)
    for item in items:
        wanted |= Q(source_framework=item.framework, source=item.identifier)
        wanted |= Q(target_framework=item.framework, target=item.identifier)
    return wanted


def live_mappings(wanted: Q, reader: Reader) -> list[ControlMapping]:
    """In the reader's language where it is translated."""
    reviews = Decision.objects.filter(revision_id=OuterRef("live_revision_id"), kind=Decision.Kind.REVIEW)
    rows = public(ControlMapping.objects.filter(wanted, locale__language_code__in=reader.order))
    rows = rows.select_related("locale").annotate(is_reviewed=Exists(reviews))
    return list(reader.best(rows).values())


class Names:
    """Titles and addresses of items; a statement of this site that isn't public has none and is left out."""

    def __init__(self, rows: Iterable[ControlMapping], reader: Reader, known: Entry | None = None) -> None:
        self.own = {known.reference: known} if known else {}
        asked = {item.identifier for row in rows for item in row.ends if not item.framework} - self.own.keys()
        self.own |= by_references(asked, reader) if asked else {}
        self.frameworks = conf.frameworks()
        self.language = reader.language

    def entry(self, item: Item, title: str) -> Entry | None:
        if not item.framework:
            return self.own.get(item.identifier)
        url = reverse("dfs_pages:mapped_item", args=[item.framework, item.identifier])
        return Entry(title, url, reference=item.identifier)

    def framework(self, item: Item) -> str:
        known = self.frameworks.get(item.framework)
        return known.title if known else item.framework


def seen_from(row: Any, start: Item, names: Names) -> Mapped | None:
    """None where one of the ends can't be shown."""
    source, target = row.ends
    forward = start == source
    item, title = (target, row.target_title) if forward else (source, row.source_title)
    entry, start_entry = names.entry(item, title), names.entry(start, "")
    if entry is None or start_entry is None:
        return None
    return Mapped(
        start,
        start_entry,
        item,
        entry,
        names.framework(item),
        Relation(row.relation) if forward else inverse(row.relation),
        row.rationale,
        Confidence(row.confidence),
        row.author,
        row.mapped_on,
        not row.is_reviewed,
        foreign_language(row, names.language),
    )


def mappings_of(item: Item, reader: Reader, known: Entry | None = None) -> list[Mapped]:
    """From one item to all others, whichever end it was mapped from; `known` is that item where it is being read."""
    rows = live_mappings(touching([item]), reader)
    names = Names(rows, reader, known)
    return in_order(seen_from(row, item, names) for row in rows)


def in_order(rows: Iterable[Mapped | None]) -> list[Mapped]:
    return sorted(filter(None, rows), key=lambda row: (row.framework, row.start, row.item))


def two_hops(item: Item, direct: Sequence[Mapped], reader: Reader) -> list[TwoHops]:
    """To items of other frameworks than the one asked about, by way of what is mapped to it."""
    between = {row.item: row for row in direct if row.relation != Relation.NONE}
    rows = live_mappings(touching(between), reader) if between else []
    names = Names(rows, reader)
    found = []
    for row in rows:
        for start in set(row.ends) & between.keys():
            second = seen_from(row, start, names)
            if second and second.relation != Relation.NONE and second.item.framework != item.framework:
                found.append(both(between[start], second))
    return sorted(found, key=lambda hops: (hops.second.framework, hops.second.item, hops.first.item))


def both(first: Mapped, second: Mapped) -> TwoHops:
    weakest = min(first.relation, second.relation, key=STRENGTH.__getitem__)
    confidence = min(first.confidence, second.confidence, key=CERTAINTY.index)
    return TwoHops(first, second, compose(first.relation, second.relation), weakest, confidence)


def framework_mapping(code: str, reader: Reader, *, relation: str = "") -> FrameworkMapping:
    """Everything between this site and another framework, from our side; `relation` narrows only the rows."""
    wanted = Q(source_framework="", target_framework=code) | Q(source_framework=code, target_framework="")
    rows = live_mappings(wanted, reader)
    names = Names(rows, reader)
    mapped = in_order(seen_from(row, next(end for end in row.ends if not end.framework), names) for row in rows)
    framework = conf.frameworks()[code]
    counts = Counter(row.relation for row in mapped)
    return FrameworkMapping(
        code,
        framework,
        [row for row in mapped if not relation or row.relation == relation],
        [(kind, counts[kind]) for kind in Relation if counts[kind]],
        coverage({row: row.item for row in mapped}, {row: row.relation for row in mapped}, framework.items),
        coverage({row: row.start for row in mapped}, {row: inverse(row.relation) for row in mapped}, None),
        sum(row.is_draft for row in mapped),
    )


def coverage(covered: Mapping[Mapped, Item], relations: Mapping[Mapped, Relation], total: int | None) -> Coverage:
    """`relations` are read from what covers to what is covered."""
    best: dict[Item, set[Relation]] = {}
    for row, item in covered.items():
        best.setdefault(item, set()).add(relations[row])
    full = sum(bool(found & FULL) for found in best.values())
    partial = sum(bool(found & PARTIAL) and not found & FULL for found in best.values())
    return Coverage(full, partial, len(best) if total is None else total)


def framework_mappings(reader: Reader) -> list[FrameworkMapping]:
    """Of each framework that anything public is mapped to."""
    used = public(ControlMapping.objects.all()).order_by()
    codes = {code for pair in used.values_list("source_framework", "target_framework").distinct() for code in pair}
    found = [framework_mapping(code, reader) for code in conf.frameworks() if code in codes]
    return [mapping for mapping in found if mapping.rows]


def title_of(item: Item) -> str:
    """The short title of an item elsewhere, as any of its mappings gives it."""
    ends = {"source": "source_title", "target": "target_title"}
    for name, title in ends.items():
        rows = public(ControlMapping.objects.filter(**{f"{name}_framework": item.framework, name: item.identifier}))
        found = rows.exclude(**{title: ""}).values_list(title, flat=True).first()
        if found:
            return str(found)
    return ""
