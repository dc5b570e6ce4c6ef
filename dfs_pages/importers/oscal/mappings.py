"""Imports an OSCAL mapping collection: each pair of items becomes one mapping, all or nothing.

An entry of OSCAL may relate several items to several others as two sets. Here a mapping has one item at each end, so
such an entry becomes its pairs, each with the relation that still holds for it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from wagtail.models import Locale

from dfs_pages import conf
from dfs_pages.importers.oscal.load import Names
from dfs_pages.importers.oscal.shape import check_shape
from dfs_pages.importers.oscal.source import Values, read_oscal
from dfs_pages.importers.oscal.words import prop
from dfs_pages.importers.snippets import load_snippets
from dfs_pages.models import Confidence, ControlMapping, Item, Relation
from dfs_pages.query.own_addresses import path_here
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.yaml_source import SourceError
from dfs_workflow.models import PermanentReference
from dfs_workflow.query import source_language

LOST = ("qualifiers", "coverage", "links", "matching-rationale")
LOST_OF_MAPPING = (
    *("source-gap-summary", "target-gap-summary", "mapping-description", "coverage"),
    *("confidence-score", "matching-rationale", "remarks"),
)
MOST_PAIRS = 1000  # of one entry: two sets of a thousand would be a million mappings
LONGEST_ID = 60
HIGH, MEDIUM = 0.8, 0.5


def import_mappings(
    path: Path, *, frameworks: Mapping[str, str], own: Mapping[str, str], dry_run: bool = False, by: Any = None
) -> Report:
    """`frameworks` names the framework of an address in the file, `own` the prefix of our references for another."""
    collection = read_oscal(path, "mapping-collection")
    check_shape(path.name, collection, "mapping collection", "mapping-collection")
    reading = Reading(path.name, collection, frameworks, own)
    wanted = list(reading.mappings())
    report = Report()
    locale = Locale.objects.get(language_code=source_language())
    with transaction.atomic(), system_publication(reason=f"Import of the OSCAL mappings “{reading.title}”", by=by):
        load_snippets(wanted, locale, report, lambda number: None, by)
        if dry_run:
            transaction.set_rollback(True)
    report.notes += reading.notes()
    return report


class Reading:
    """One file, and what of it has no place here."""

    def __init__(self, name: str, collection: Values, frameworks: Mapping[str, str], own: Mapping[str, str]) -> None:
        self.name, self.collection = name, collection
        self.frameworks, self.own = frameworks, own
        self.metadata: Values = collection.get("metadata", {})
        self.title = str(self.metadata.get("title") or "").strip()
        if not self.title:
            raise SourceError(name, "metadata", "the mapping collection has no title")
        self.left_out: Counter[str] = Counter()
        self.locale = Locale.objects.get(language_code=source_language())
        self.references = set(PermanentReference.objects.values_list("pk", flat=True))

    def mappings(self) -> Iterator[ControlMapping]:
        pairs: set[tuple[Item, Item]] = set()
        for group in self.collection.get("mappings", []):
            for key in LOST_OF_MAPPING:
                self.left_out[f"“{key}” of a mapping"] += key in group
            source, target = self.resource(group, "source-resource"), self.resource(group, "target-resource")
            for values in group.get("maps", []):
                for row in self.rows(values, source, target):
                    if row.ends in pairs or row.ends[::-1] in pairs:
                        self.left_out["pairs that are mapped twice"] += 1
                        continue
                    pairs.add(row.ends)
                    yield row

    def resource(self, group: Values, end: str) -> tuple[str, str]:
        """The code of a framework; for this site none, and the prefix of its references if they have another one."""
        values = group.get(end, {})
        href = values.get("href", "")
        code = self.frameworks.get(href) or prop(values, "framework")
        code = code or next((code for code, known in conf.frameworks().items() if known.url == href), "")
        if code and code not in conf.frameworks():
            raise SourceError(self.name, href, f"the setting DFS_PAGES_FRAMEWORKS knows no framework “{code}”")
        if not code and href not in self.own and path_here(href) is None:
            raise SourceError(self.name, href or end, "say which framework this is, with --framework or --own")
        return (code, "") if code else ("", self.own.get(href, ""))

    def rows(self, values: Values, source: tuple[str, str], target: tuple[str, str]) -> Iterator[ControlMapping]:
        for key in LOST:
            self.left_out[f"“{key}” of an entry"] += key in values
        self.left_out["confidence as a number, now high, medium or low"] += "percentage" in values.get(
            "confidence-score", {}
        )
        relation = str(values.get("relationship") or "")
        if relation not in Relation.values or "ns" in values:
            self.left_out[f"entries with the relation “{relation[:40]}”"] += 1
            return
        sources, targets = values.get("sources", []), values.get("targets", [])
        count = (len(sources), len(targets))
        if len(sources) * len(targets) > MOST_PAIRS:
            raise SourceError(self.name, str(values.get("uuid")), f"an entry relates more than {MOST_PAIRS} pairs")
        if count != (1, 1):
            self.left_out["sets of items, each now its pairs with the relation that holds for a pair"] += 1
        for left, right in product(sources, targets):
            ends = self.item(left, *source), self.item(right, *target)
            if None in ends or ends[0] == ends[1]:
                continue
            yield self.row(values, left, right, ends, of_pair(Relation(relation), *count), is_alone=count == (1, 1))

    def item(self, values: Values, framework: str, prefix: str) -> Item | None:
        own = str(values.get("id-ref") or "")
        self.left_out["items that are parts of a control"] += values.get("type") == "statement"
        if framework:
            if not 0 < len(own) <= LONGEST_ID:
                raise SourceError(self.name, own[:60], f"the id of an item has 1 to {LONGEST_ID} characters here")
            return Item(framework, own)
        reference = prop(values, "reference") or (Names(prefix).reference(own) if prefix else own.upper())
        if reference not in self.references:
            self.left_out[f"items that this site doesn't have, such as {reference[:40]}"] += 1
            return None
        return Item("", reference)

    def row(
        self, values: Values, left: Values, right: Values, ends: Any, relation: Relation, *, is_alone: bool
    ) -> ControlMapping:
        source, target = ends
        uuid = key_of(self.name, values)
        return ControlMapping(
            translation_key=uuid if is_alone else uuid5(uuid, f"{source} {target}"),
            locale=self.locale,
            live=True,
            source_framework=source.framework,
            source=source.identifier,
            source_title=prop(left, "title")[:200],
            target_framework=target.framework,
            target=target.identifier,
            target_title=prop(right, "title")[:200],
            relation=relation,
            rationale=str(values.get("remarks") or f"As in “{self.title}”."),
            confidence=confidence(values),
            author=(prop(values, "author") or self.title)[:120],
            mapped_on=self.day(values),
        )

    def day(self, values: Values) -> date:
        text = prop(values, "mapped-on") or str(self.metadata.get("last-modified") or "")
        try:
            return date.fromisoformat(text[:10])
        except ValueError as error:
            raise SourceError(self.name, "metadata", "last-modified is no date") from error

    def notes(self) -> Iterator[str]:
        """What the file says and a mapping here has no place for."""
        return (f"not kept: {number} × {what}" for what, number in sorted(self.left_out.items()) if number)


def of_pair(relation: Relation, sources: int, targets: int) -> Relation:
    """What two sets being related so says about one item of each."""
    if (sources, targets) == (1, 1) or relation in (Relation.NONE, Relation.INTERSECTS):
        return relation
    is_equal = relation in (Relation.EQUAL, Relation.EQUIVALENT)
    if targets == 1 and (relation == Relation.SUBSET or is_equal):
        return Relation.SUBSET
    if sources == 1 and (relation == Relation.SUPERSET or is_equal):
        return Relation.SUPERSET
    return Relation.INTERSECTS


def confidence(values: Values) -> str:
    score = values.get("confidence-score", {})
    if score.get("category") in Confidence.values:
        return str(score["category"])
    share = score.get("percentage")
    if share is None:
        return Confidence.MEDIUM
    return Confidence.HIGH if share >= HIGH else Confidence.MEDIUM if share >= MEDIUM else Confidence.LOW


def key_of(name: str, values: Values) -> UUID:
    try:
        return UUID(str(values.get("uuid")))
    except ValueError as error:
        raise SourceError(name, str(values.get("uuid"))[:60], "an entry has no UUID") from error
