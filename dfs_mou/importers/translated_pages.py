"""Translations of pages through wagtail-localize's own segments, so that translators can go on in its editor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polib
from wagtail.models import Locale, Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments.ingest import ingest_segments

from dfs_workflow.importers.tree import update_page

Strings = Mapping[tuple[str | None, str], str]  # context or None, source text


def read_po(text: str) -> dict[tuple[str | None, str], str]:
    file = polib.pofile(text)
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in file if entry.msgstr and not entry.obsolete}


def translate_page(page: Page, locale: Locale, strings: Strings, *, by: Any = None) -> bool:
    """Publishes the translation of a page; inside `system_publication`. False when nothing differs."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    store_strings(source, page, locale, strings)
    store_overrides(source, page, locale, strings)
    target = page.get_translation_or_none(locale)
    is_new = target is None
    target = page.copy_for_translation(locale) if target is None else target.specific
    copy_synchronised_fields(page, target)
    segments = source._get_segments_for_translation(locale, fallback=True)
    ingest_segments(page, target, page.locale, locale, segments)
    target.slug = page.slug
    if is_new:
        target.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
        return True
    return update_page(target, by=by)


def store_strings(source: TranslationSource, page: Page, locale: Locale, strings: Strings) -> None:
    """What a translator wrote meanwhile stays."""
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    known = set(
        StringTranslation.objects.filter(context__object_id=source.object_id, locale=locale).values_list(
            "translation_of_id", "context_id"
        )
    )
    rows = {}
    for segment in segments:
        place, text = f"{page.slug}/{segment.context.path}", segment.string.data
        translated = strings.get((place, text)) or strings.get((None, text))
        key = (segment.string_id, segment.context_id)
        if translated and key not in known:
            rows[key] = StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale=locale,
                data=translated,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                tool_name="PO",
            )
    StringTranslation.objects.bulk_create(rows.values())


def store_overrides(source: TranslationSource, page: Page, locale: Locale, strings: Strings) -> None:
    for segment in OverridableSegment.objects.filter(source=source).select_related("context"):
        translated = strings.get((f"{page.slug}/{segment.context.path}", str(segment.data)))
        if translated:
            SegmentOverride.objects.get_or_create(
                locale=locale, context=segment.context, defaults={"data_json": json.dumps(translated)}
            )
