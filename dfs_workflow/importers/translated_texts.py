"""The texts of objects in another language: what is known of them, and what wagtail-localize keeps of it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue

TOOL = "shipped draft"

# What is known of a text of an object: the translation, or nothing. Asked with the object, the path and the text, which
# is HTML with numbered placeholders for links, as wagtail-localize stores it; so is the translation.
Lookup = Callable[[Any, str, str], str | None]


def nothing(original: Any, path: str, text: str) -> None:
    return None


@dataclass(eq=False)
class Work:
    """One object to translate, with what is known of its texts."""

    original: Any
    copy: Any  # the original, from which the segments were taken
    segments: Sequence[Any]
    strings: dict[tuple[str, str], str] = field(default_factory=dict)  # (path, text) -> translation
    hashes: list[list[Any]] = field(default_factory=list)  # path, order and hash of each source text
    overrides: dict[str, Any] = field(default_factory=dict)  # path -> what the language has instead

    @property
    def missing(self) -> int:
        return len(self.hashes) - len(self.strings)

    @property
    def texts(self) -> list[StringSegmentValue]:
        return [value for value in self.segments if isinstance(value, StringSegmentValue)]

    @property
    def wordings(self) -> set[str]:
        return {value.string.data for value in self.texts}

    def is_known_to(self, lookup: Lookup) -> bool:
        return any(lookup(self.original, value.path, value.string.data) for value in self.texts)

    def own_values(self, overrides: Lookup) -> Iterator[OverridableSegmentValue]:
        """Of the language, where nobody has set one yet."""
        for value in self.segments:
            if isinstance(value, OverridableSegmentValue) and value.path not in self.overrides:
                own = overrides(self.original, value.path, str(value.data))
                if own:
                    yield OverridableSegmentValue(value.path, own, order=value.order)


def work_on(original: Any) -> Work:
    copy = copy_of(original)
    return Work(original, copy, extract_segments(copy))


def texts_of(original: Any) -> set[str]:
    return work_on(original).wordings


def enable(sources: Iterable[TranslationSource], locale: Locale) -> None:
    known = Translation.objects.filter(source__in=sources, target_locale=locale)
    done = set(known.values_list("source_id", flat=True))
    Translation.objects.bulk_create(
        Translation(source=source, target_locale=locale, destination_last_updated_at=timezone.now())
        for source in sources
        if source.pk not in done
    )


def store_strings(by_source: Mapping[int, Work], locale: Locale, lookup: Lookup) -> None:
    """Adds what is new and replaces what an earlier load brought; a text that an editor wrote stays."""
    segments = (
        StringSegment.objects.filter(source_id__in=by_source).select_related("string", "context").order_by("order")
    )
    keys = [work.original.translation_key for work in by_source.values()]
    rows = StringTranslation.objects.filter(locale=locale, context__object_id__in=keys)
    known = {(row.context_id, row.translation_of_id): row for row in rows}
    new, changed = [], []
    for segment in segments.order_by("order"):
        work = by_source[segment.source_id]
        row = known.get((segment.context_id, segment.string_id))
        wanted = lookup(work.original, segment.context.path, segment.string.data)
        if row is None and wanted is not None:
            row = new_translation(segment, locale, wanted)
            known[segment.context_id, segment.string_id] = row
            new.append(row)
        elif row is not None and wanted not in (None, row.data) and is_shipped(row):
            row.data = wanted
            changed.append(row)
        work.hashes.append([segment.context.path, segment.order, str(segment.string.data_hash)])
        if row is not None and not row.has_error:
            work.strings[segment.context.path, segment.string.data] = row.data
    StringTranslation.objects.bulk_create(new, batch_size=500)
    StringTranslation.objects.bulk_update(changed, ["data"], batch_size=500)


def new_translation(segment: StringSegment, locale: Locale, text: str) -> StringTranslation:
    return StringTranslation(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale=locale,
        data=text,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        tool_name=TOOL,
    )


def store_overrides(works: Sequence[Work], locale: Locale, overrides: Lookup) -> None:
    """What a translator set meanwhile stays."""
    by_key = {work.original.translation_key: work for work in works}
    stored = SegmentOverride.objects.filter(locale=locale, context__object_id__in=by_key).select_related("context")
    for row in stored:
        by_key[row.context.object_id].overrides[row.context.path] = row.data
    new = {}
    for key, work in by_key.items():
        for value in list(work.own_values(overrides)):
            work.overrides[value.path] = new[key, value.path] = value.data
    contexts = TranslationContext.objects.filter(object_id__in={key for key, _path in new})
    SegmentOverride.objects.bulk_create(
        SegmentOverride(locale=locale, context=context, data_json=json.dumps(new[place]))
        for context in contexts
        if (place := (context.object_id, context.path)) in new
    )


def is_shipped(row: StringTranslation) -> bool:
    return bool(row.tool_name == TOOL and row.last_translated_by_id is None)


def copy_of(instance: Any) -> Any:
    return type(instance).from_serializable_data(instance.serializable_data(), check_fks=False)
