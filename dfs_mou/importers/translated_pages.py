"""Translations of pages through wagtail-localize's own segments, so that translators can go on in its editor.

Beyond what `dfs_workflow.importers.translations` does for other content, a text may be translated differently in
another place (`msgctxt`), and a language may have a style of numbering of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

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

from dfs_workflow.importers.po_source import read_po
from dfs_workflow.importers.translations import is_shipped, new_translation, source_of
from dfs_workflow.importers.tree import update_page
from dfs_workflow.translation.models import SourceManifest


class Untranslated(ValueError):
    """A page of which some text has no translation: published, it would mix two languages."""

    def __init__(self, page: Page, language: str, missing: int) -> None:
        super().__init__(f"{language}: {page.slug}, {missing} texts")


Strings = Mapping[tuple[str | None, str], str]  # context or None, source text


def read_strings(name: str, text: str) -> dict[tuple[str | None, str], str]:
    file = read_po(name, text)
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in file if entry.msgstr and not entry.obsolete}


def translate_page(page: Page, locale: Locale, strings: Strings, *, by: Any = None) -> bool:
    """Publishes the translation of a page; inside `system_publication`. False when nothing differs."""
    source = source_of(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    hashes = store_strings(source, page, locale, strings)
    total, done = translation.get_progress()
    if done < total:
        raise Untranslated(page, locale.language_code, total - done)
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
    elif not update_page(target, by=by):
        return False
    target.refresh_from_db(fields=["live_revision"])
    SourceManifest.objects.create(revision_id=target.live_revision_id, source_hashes=hashes)
    return True


def store_strings(source: TranslationSource, page: Page, locale: Locale, strings: Strings) -> list[list[Any]]:
    """What a translator wrote meanwhile stays. Returns path, order and hash of each source text."""
    segments = StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")
    known = {
        (row.context_id, row.translation_of_id): row
        for row in StringTranslation.objects.filter(context__object_id=source.object_id, locale=locale)
    }
    new, hashes = [], []
    for segment in segments:
        hashes.append([segment.context.path, segment.order, str(segment.string.data_hash)])
        text = segment.string.data
        wanted = strings.get((f"{page.slug}/{segment.context.path}", text)) or strings.get((None, text))
        row = known.get((segment.context_id, segment.string_id))
        if wanted and row is None:
            row = new_translation(segment, locale, wanted)
            known[segment.context_id, segment.string_id] = row
            new.append(row)
        elif wanted and row.data != wanted and is_shipped(row):
            row.data = wanted
            row.save()
    StringTranslation.objects.bulk_create(new)
    return hashes


def store_overrides(source: TranslationSource, page: Page, locale: Locale, strings: Strings) -> None:
    for segment in OverridableSegment.objects.filter(source=source).select_related("context"):
        translated = strings.get((f"{page.slug}/{segment.context.path}", str(segment.data)))
        if translated:
            SegmentOverride.objects.get_or_create(
                locale=locale, context=segment.context, defaults={"data_json": json.dumps(translated)}
            )
