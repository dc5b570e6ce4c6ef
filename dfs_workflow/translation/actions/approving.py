"""What a second person found right, sentence by sentence."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from dfs_workflow.translation.models import Approval, SourceManifest


@transaction.atomic
def approve_segments(*, by: Any, translation: Translation, at: datetime | None = None) -> int:
    """All sentences of a translation as they are now; called when the version that holds them was approved."""
    source = translation.source
    used = StringSegment.objects.filter(
        source=source, string_id=OuterRef("translation_of_id"), context_id=OuterRef("context_id")
    )
    rows = StringTranslation.objects.filter(
        Exists(used), context__object_id=source.object_id, locale_id=translation.target_locale_id, has_error=False
    )
    name = by.get_full_name() or by.get_username()
    approvals = [
        Approval(translation=row, text=row.data, at=at or timezone.now(), by=by, by_name=name)
        for row in rows.select_related("approval")
        if getattr(getattr(row, "approval", None), "text", None) != row.data
    ]
    Approval.objects.bulk_create(
        approvals, update_conflicts=True, update_fields=["text", "at", "by", "by_name"], unique_fields=["translation"]
    )
    return len(approvals)


def write_manifest(*, revision: Revision, translation: Translation) -> SourceManifest:
    """Beside a version that was just made from the sentences as they are now."""
    hashes = source_hashes(translation)
    manifest, _created = SourceManifest.objects.update_or_create(revision=revision, defaults={"source_hashes": hashes})
    return manifest


def source_hashes(translation: Translation) -> list[list[Any]]:
    """Path, order and hash of each source text; the hash is empty where the version has no translation of it yet."""
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        has_error=False,
    )
    rows = StringSegment.objects.filter(source_id=translation.source_id).order_by("order")
    rows = rows.annotate(is_translated=Exists(translated))
    return [
        [path, order, str(data_hash) if is_translated else ""]
        for path, order, data_hash, is_translated in rows.values_list(
            "context__path", "order", "string__data_hash", "is_translated"
        )
    ]
