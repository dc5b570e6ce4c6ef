"""Stores what a file brings as drafts. What was made from an older source is listed, and the rest is kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from dfs_workflow.counts import Count
from dfs_workflow.translation import quality
from dfs_workflow.translation.actions.translating import name_of
from dfs_workflow.translation.models import SegmentComment
from dfs_workflow.translation.query import terms_for
from dfs_workflow.translation.query.localised import is_localised, models_of
from dfs_workflow.translation.query.locked import locked_keys
from dfs_workflow.translation.query.states import State
from dfs_workflow.translation.query.units import Unit, unit_key

KINDS = {State.MACHINE: StringTranslation.TRANSLATION_TYPE_MACHINE}
BATCH = 500
LONGEST_NOTE = 2000
WRITTEN = [
    *("data", "translation_type", "tool_name", "last_translated_by"),
    *("updated_at", "has_error", "field_error"),
]


Progress = Callable[[int, int], None]  # how many texts were looked at, of how many


def untold(done: int, total: int) -> None:
    pass


@dataclass
class ImportReport:
    """`left_out`: texts with the reason why they were not stored."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)
    findings: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        counts = {"new": Count(self.new), "changed": Count(self.changed), "unchanged": Count(self.unchanged)}
        lines = [_("%(new)s new, %(changed)s changed, %(unchanged)s unchanged") % counts]
        lines += [f"{reason}: {text}" for text, reason in self.left_out]
        return lines + [f"{finding}: {text}" for text, finding in self.findings]


def store_units(
    *,
    by: Any,
    translations: QuerySet[Translation],
    units: Sequence[Unit],
    tool: str,
    dry_run: bool = False,
    progress: Progress = untold,
) -> ImportReport:
    """What is under review stays as it was submitted. The checks come after, as they hold nobody up then."""
    report = ImportReport()
    first = translations.select_related("source__locale", "target_locale").first()
    if first is None:
        report.left_out = [(unit.source, _("nothing of this is translated into this language")) for unit in units]
        return report
    with transaction.atomic():
        intake = Intake(translations, first, by, tool, report)
        take_in(intake, units)
        if not dry_run:
            intake.store()
    note_findings(report, intake.brought, first, progress)
    return report


def take_in(intake: "Intake", units: Iterable[Unit]) -> None:
    for unit in units:
        if unit.target.strip() and unit.source.strip():
            intake.take(unit)
    intake.report.new, intake.report.changed = len(intake.new), len(intake.changed)


class Place(NamedTuple):
    """Where a text of the source stands. Of a whole site there are many, so no more is kept of each."""

    context_id: int
    string_id: int
    object_id: Any


class Stored(NamedTuple):
    pk: int
    text: str


class Intake:
    """What is new and what changes, unit by unit; stored at the end, all at once."""

    def __init__(
        self, translations: QuerySet[Translation], first: Translation, by: Any, tool: str, report: ImportReport
    ) -> None:
        self.places = Places(translations, first.target_locale_id)
        self.locked = locked_keys(first.target_locale)
        self.locale, self.by, self.tool, self.report = first.target_locale_id, by, tool, report
        self.new: dict[tuple[int, int], Unit] = {}
        self.changed: dict[int, Unit] = {}  # by the key of what is stored
        self.taken: dict[tuple[int, int], str] = {}
        self.notes: dict[tuple[int, int], str] = {}
        self.brought: list[Unit] = []

    def take(self, unit: Unit) -> None:
        found = self.places.of(unit)
        if not found and not unit.key:
            unit = as_html(unit)
            found = self.places.of(unit)
        if not found:
            self.report.left_out.append((unit.source, self.places.why_not(unit)))
        for place in found:
            if place.object_id in self.locked:
                self.report.left_out.append((unit.source, _("locked or under review")))
            else:
                self.put(place, unit)

    def put(self, place: Place, unit: Unit) -> None:
        key = place.context_id, place.string_id
        if key in self.taken:
            if self.taken[key] != unit.target:
                self.report.left_out.append((unit.target, _("the file translates the same text differently before")))
            return
        self.taken[key] = unit.target
        if unit.note:
            self.notes[key] = unit.note[:LONGEST_NOTE]
        stored = self.places.known.get(key)
        if stored is None:
            self.new[key] = unit
        elif stored.text == unit.target:
            self.report.unchanged += 1
            return
        else:
            self.changed[stored.pk] = unit
        self.brought.append(unit)

    def store(self) -> None:
        rows = (self.written(self.draft(*key), unit) for key, unit in self.new.items())
        StringTranslation.objects.bulk_create(rows, batch_size=BATCH)
        for keys in batched(self.changed):
            found = StringTranslation.objects.in_bulk(keys)
            changed = [self.written(found[key], self.changed[key]) for key in keys]
            StringTranslation.objects.bulk_update(changed, WRITTEN)
        self.store_notes()

    def store_notes(self) -> None:
        """As comments of who brings the file; what was said before is not said again."""
        contexts = {context for context, _string in self.notes}
        said = SegmentComment.objects.filter(locale_id=self.locale, context_id__in=contexts)
        known = set(said.values_list("context_id", "string_id", "text"))
        place = {"locale_id": self.locale, "at": timezone.now(), "by": self.by, "by_name": name_of(self.by)}
        SegmentComment.objects.bulk_create(
            SegmentComment(context_id=context, string_id=string, text=note, **place)
            for (context, string), note in self.notes.items()
            if (context, string, note) not in known
        )

    def draft(self, context: int, string: int) -> StringTranslation:
        return StringTranslation(translation_of_id=string, context_id=context, locale_id=self.locale)

    def written(self, row: StringTranslation, unit: Unit) -> StringTranslation:
        row.data, row.tool_name, row.last_translated_by = unit.target, self.tool, self.by
        row.translation_type = KINDS.get(State(unit.state), StringTranslation.TRANSLATION_TYPE_MANUAL)
        row.updated_at, row.field_error = timezone.now(), ""
        row.has_error = not is_whole(unit.source, unit.target)
        return row


def batched(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while batch := list(islice(rest, BATCH)):
        yield batch


def as_html(unit: Unit) -> Unit:
    """Of a tool that knows only plain text: line breaks and signs as wagtail-localize stores them."""
    return replace(
        unit,
        source=StringValue.from_plaintext(unit.source).data,
        target=StringValue.from_plaintext(unit.target).data,
    )


class Places:
    """The texts in question, found by key and wording, or by wording alone where a tool lost the key."""

    def __init__(self, translations: QuerySet[Translation], locale: int) -> None:
        rows = StringSegment.objects.filter(source__in=translations.values("source_id")).order_by("source_id", "order")
        names = ("context_id", "string_id", "source__object_id", "context__path", "string__data")
        self.by_key: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self.keys: set[str] = set()
        for context, string, object_id, path, text in rows.values_list(*names).iterator(chunk_size=5000):
            key = unit_key(object_id, path)
            self.keys.add(key)
            self.by_key[key, text].append(Place(context, string, object_id))
        objects = translations.values("source__object_id")
        known = StringTranslation.objects.filter(locale_id=locale, context__object_id__in=objects)
        rows = known.values_list("context_id", "translation_of_id", "pk", "data")
        self.known = {(context, string): Stored(pk, text) for context, string, pk, text in rows.iterator(5000)}

    @cached_property
    def by_text(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for (_key, text), places in self.by_key.items():
            found[text] += places
        return found

    def of(self, unit: Unit) -> list[Place]:
        if unit.key in self.keys:
            return self.by_key.get((unit.key, unit.source), [])
        return self.by_text.get(unit.source, [])

    def why_not(self, unit: Unit) -> str:
        if unit.key in self.keys:
            return _("the source has changed since the file was made")
        return _("no such text in the source")


def is_whole(source: str, target: str) -> bool:
    """As wagtail-localize asks when it saves one row: valid HTML, with the links of the source."""
    if "<" not in source and "<" not in target and "&" not in target:
        return True
    try:
        StringValue.from_translated_html(target)
        validate_translation_links(source, target)
    except ValueError:
        return False
    return True


def note_findings(report: ImportReport, units: Iterable[Unit], first: Translation, progress: Progress) -> None:
    """Errors are stored as drafts too, as nothing may be lost; they block the submission."""
    source, language = first.source.locale.language_code, first.target_locale.language_code
    terms = terms_for(source, language)
    wanted = [unit for unit in units if unit.target.strip()]
    models = models_of({unit.key.split(":")[0] for unit in wanted if ":" in unit.key})
    for done, unit in enumerate(wanted):
        progress(done, len(wanted))
        key, _colon, path = unit.key.partition(":")
        localised = is_localised(models.get(key), path)
        found = quality.check(
            unit.source,
            unit.target,
            language=language,
            source_language=source,
            terms=terms,
            is_localised=localised,
        )
        report.findings += [(unit.target, str(finding)) for finding in quality.errors(found)]
