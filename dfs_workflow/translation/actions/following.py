"""Follows the wording of sources: what changed into what, and whether the meaning stayed the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from dfs_workflow.translation.models import Approval, SourceChange, StaleField
from dfs_workflow.translation.quality import same_demands
from dfs_workflow.translation.query import FieldState, freshness
from dfs_workflow.translation.signals import freshness_changed

Texts = dict[str, list[str]]  # by path, in the order of the page


@transaction.atomic
def follow_source(*, instance: Any) -> None:
    """When a source goes live: what its translators still have to do becomes visible at once."""
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is not None:
        source.update_from_db()
    refresh_stale(keys={instance.translation_key})


@transaction.atomic
def refresh_stale(*, keys: Collection[Any]) -> None:
    """Compares the live translations of these objects with their sources again."""
    StaleField.objects.filter(translation_key__in=keys).delete()
    for rows in live_translations(keys):
        found = freshness(rows)
        StaleField.objects.bulk_create(
            StaleField(
                translation_key=row.translation_key,
                locale_id=row.locale_id,
                field=name,
                state=each.state,
                source_changed_at=each.source_changed_at,
            )
            for row in rows
            if row.pk in found
            for name, each in found[row.pk].fields.items()
            if each.state != FieldState.CURRENT
        )
    freshness_changed.send(sender=StaleField, keys=keys)


def live_translations(keys: Collection[Any]) -> Iterable[list[Any]]:
    """By kind of object; what can't be live or not live has no versions to compare."""
    sources = TranslationSource.objects.filter(object_id__in=keys).select_related("specific_content_type")
    by_model: dict[Any, dict[Any, int]] = defaultdict(dict)
    for source in sources:
        by_model[source.specific_content_type.model_class()][source.object_id] = source.locale_id
    for model, locales in by_model.items():
        if model is not None and issubclass(model, DraftStateMixin):
            rows = model._base_manager.filter(translation_key__in=locales, live=True).exclude(live_revision=None)
            yield [row for row in rows if row.locale_id != locales[row.translation_key]]


@transaction.atomic
def record_changes(*, source: TranslationSource, at: datetime | None = None) -> list[SourceChange]:
    """Called when a source has its new content and still the segments of the old one."""
    before, after = texts_before(source), texts_after(source)
    pairs = [
        (path, old, new)
        for path, texts in after.items()
        if path in before and before[path] != texts
        for old, new in paired(before[path], texts)
    ]
    return save_changes(source, pairs, at or timezone.now()) if pairs else []


def texts_before(source: TranslationSource) -> Texts:
    rows = StringSegment.objects.filter(source=source).order_by("order", "pk")
    return grouped(rows.values_list("context__path", "string__data"))


def texts_after(source: TranslationSource) -> Texts:
    values = extract_segments(source.as_instance())
    return grouped((value.path, value.string.data) for value in values if isinstance(value, StringSegmentValue))


def grouped(rows: Iterable[tuple[str, str]]) -> Texts:
    found: Texts = defaultdict(list)
    for path, text in rows:
        found[path].append(text)
    return found


def paired(before: Sequence[str], after: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Of the sentences of one field, which one took the place of which. A sentence that was only added has none."""
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "replace":
            continue
        old, new = list(before[start:end]), list(after[new_start:new_end])
        if len(old) == len(new):
            yield from zip(old, new, strict=True)
        else:
            yield from most_similar(old, new)


def most_similar(old: list[str], new: list[str]) -> Iterable[tuple[str, str]]:
    candidates = sorted(
        ((likeness(one, other), one, other) for one in dict.fromkeys(old) for other in dict.fromkeys(new)),
        key=lambda candidate: -candidate[0],
    )
    used: set[str] = set()
    for _ratio, one, other in candidates:
        if one not in used and other not in used:
            used |= {one, other}
            yield one, other


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def save_changes(source: TranslationSource, pairs: Sequence[tuple[str, str, str]], at: datetime) -> list[SourceChange]:
    """Also from every wording that the old one itself replaced."""
    contexts = {row.path: row for row in TranslationContext.objects.filter(object_id=source.object_id)}
    strings = strings_of(source, {text for _path, *both in pairs for text in both})
    replaced: dict[tuple[int, int], set[int]] = defaultdict(set)
    known = SourceChange.objects.filter(context__object_id=source.object_id)
    for context, old, new in known.values_list("context_id", "old_id", "new_id"):
        replaced[context, new].add(old)
    rows = []
    for path, old_text, new_text in pairs:
        context, old, new = contexts[path], strings[old_text], strings[new_text]
        rows += [
            SourceChange(context=context, old_id=earlier, new=new, changed_at=at)
            for earlier in {old.pk} | replaced[context.pk, old.pk]
            if earlier != new.pk
        ]
    return SourceChange.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["changed_at"], unique_fields=["context", "new", "old"]
    )


def strings_of(source: TranslationSource, texts: Iterable[str]) -> dict[str, String]:
    return {
        text: String.objects.get_or_create(
            locale_id=source.locale_id, data_hash=String._get_data_hash(text), defaults={"data": text}
        )[0]
        for text in texts
    }


class MeaningChanged(ValueError):
    """A number, a negation or a word of strength differs, so nobody can declare the meaning the same."""

    def __init__(self) -> None:
        super().__init__(_("A number, a negation or a word of strength changed: this has to be translated again."))


def can_be_unchanged(change: SourceChange) -> bool:
    return same_demands(change.old.data, change.new.data, change.new.locale.language_code)


@transaction.atomic
def declare_meaning_unchanged(*, by: Any, changes: Collection[SourceChange], at: datetime | None = None) -> int:
    """By an editor of the source: every translation of the old wording holds for the new one, with its approval."""
    if not all(map(can_be_unchanged, changes)):
        raise MeaningChanged
    at = at or timezone.now()
    copied = 0
    for change in changes:
        if change.unchanged_at is None:
            change.unchanged_at, change.unchanged_by = at, by
            change.unchanged_by_name = by.get_full_name() or by.get_username()
            change.save(update_fields=["unchanged_at", "unchanged_by", "unchanged_by_name"])
        copied += carry_over(change)
    refresh_stale(keys={change.context.object_id for change in changes})
    return copied


def carry_over(change: SourceChange) -> int:
    """A language that has its own translation of the new wording already keeps it."""
    place = StringTranslation.objects.filter(context_id=change.context_id, has_error=False)
    done = set(place.filter(translation_of_id=change.new_id).values_list("locale_id", flat=True))
    old = place.filter(translation_of_id=change.old_id).exclude(locale_id__in=done).select_related("approval")
    for row in old:
        approval = getattr(row, "approval", None)
        row.pk, row.translation_of_id = None, change.new_id
        row._state.adding = True
        row.save()
        if approval and approval.text == row.data:
            Approval.objects.create(
                translation=row, text=approval.text, at=approval.at, by_id=approval.by_id, by_name=approval.by_name
            )
    return len(old)
