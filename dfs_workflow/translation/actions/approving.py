"""What a second person found right, sentence by sentence."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from wagtail.models import Revision
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from dfs_workflow.translation.models import Approval, SourceManifest


@transaction.atomic
def approve_segments(
    *, by: Any, translation: Translation, revision: Revision | None = None, at: datetime | None = None
) -> int:
    """All sentences of a translation as they are now, or only those that an approved version holds word for word."""
    source = translation.source
    used = StringSegment.objects.filter(
        source=source, string_id=OuterRef("translation_of_id"), context_id=OuterRef("context_id")
    )
    rows = StringTranslation.objects.filter(
        Exists(used), context__object_id=source.object_id, locale_id=translation.target_locale_id, has_error=False
    )
    held = texts_held_by(revision) if revision else None
    name = by.get_full_name() or by.get_username()
    approvals = [
        Approval(translation=row, text=row.data, at=at or timezone.now(), by=by, by_name=name)
        for row in rows.select_related("approval", "context")
        if getattr(getattr(row, "approval", None), "text", None) != row.data
        and (held is None or (row.context.path, text_hash(row.data)) in held)
    ]
    Approval.objects.bulk_create(
        approvals, update_conflicts=True, update_fields=["text", "at", "by", "by_name"], unique_fields=["translation"]
    )
    return len(approvals)


def texts_held_by(revision: Revision) -> set[tuple[str, str]]:
    manifest = SourceManifest.objects.filter(revision=revision).first()
    return {(entry[0], entry[3]) for entry in manifest.source_hashes if len(entry) > 3} if manifest else set()


def text_hash(text: str) -> str:
    return str(String._get_data_hash(text))


def write_manifest(*, revision: Revision, translation: Translation) -> SourceManifest:
    """Beside a version that was just made from the sentences as they are now."""
    hashes = source_hashes(translation)
    manifest, _created = SourceManifest.objects.update_or_create(revision=revision, defaults={"source_hashes": hashes})
    return manifest


def source_hashes(translation: Translation) -> list[list[Any]]:
    """Path, order, hash of the source text (empty where this version has no translation of it), hash of the text."""
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        has_error=False,
    )
    rows = StringSegment.objects.filter(source_id=translation.source_id).order_by("order")
    rows = rows.annotate(text=Subquery(translated.values("data")[:1]))
    return [
        [path, order, "" if text is None else str(data_hash), "" if text is None else text_hash(text)]
        for path, order, data_hash, text in rows.values_list("context__path", "order", "string__data_hash", "text")
    ]
