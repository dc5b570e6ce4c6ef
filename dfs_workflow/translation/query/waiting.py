"""Translated pages whose sentences, links or pictures were changed after their newest draft was made."""

from django.db.models import Exists, OuterRef, Q
from wagtail_localize.models import SegmentOverride, StringTranslation


def has_new_sentences() -> Q:
    """For a filter of pages: candidates only, as the same words may have been written again."""
    place = {"context__object_id": OuterRef("translation_key"), "locale_id": OuterRef("locale_id")}
    later = {"updated_at__gt": OuterRef("latest_revision_created_at")}
    sentences, replacements = (
        Exists(stored.objects.filter(**place, **later)) for stored in (StringTranslation, SegmentOverride)
    )
    return Q(sentences) | Q(replacements)
