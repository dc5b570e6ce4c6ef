"""Translated pages whose sentences, links or pictures were changed after their newest draft was made."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from dfs_workflow.translation.query.states import TO_DO, with_segments


def has_new_sentences() -> Q:
    """For a filter of pages: candidates only, as the same words may have been written again."""
    place = {"context__object_id": OuterRef("translation_key"), "locale_id": OuterRef("locale_id")}
    later = {"updated_at__gt": OuterRef("latest_revision_created_at")}
    sentences, replacements = (
        Exists(stored.objects.filter(**place, **later)) for stored in (StringTranslation, SegmentOverride)
    )
    return Q(sentences) | Q(replacements)


def unfinished_translations(keys: Collection[UUID]) -> set[tuple[UUID, int]]:
    """Text and language of those in which a sentence is missing or outdated; one query."""
    rows = with_segments(Translation.objects.filter(source__object_id__in=keys)).filter(state__in=TO_DO)
    return set(rows.order_by().values_list("source__object_id", "target_locale_id").distinct())
