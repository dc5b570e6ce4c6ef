"""Who wrote a version, and therefore may not decide it."""

from datetime import datetime
from typing import Any

from wagtail.models import Revision, TranslatableMixin
from wagtail_localize.models import StringTranslation

from dfs_workflow.models.bundle import Bundle, BundleItem


def authors(instance: Any, *, until: Revision | None = None) -> set[int]:
    """Everyone with a revision since what readers see now was written; for a bundle also who submitted it."""
    if isinstance(instance, Bundle):
        return bundle_authors(instance)
    published_at = (
        type(instance)._base_manager.filter(pk=instance.pk).values_list("live_revision__created_at", flat=True).first()
    )
    revisions = Revision.objects.for_instance(instance).exclude(user=None)
    if published_at:
        revisions = revisions.filter(created_at__gt=published_at)
    if until:
        revisions = revisions.filter(created_at__lte=until.created_at)
    found = {*revisions.values_list("user_id", flat=True), *([until.user_id] if until and until.user_id else [])}
    return found | translators(instance, since=published_at)


def translators(instance: Any, *, since: datetime | None) -> set[int]:
    """Who wrote sentences of a translation: wagtail-localize keeps them beside the page until they are submitted."""
    if not isinstance(instance, TranslatableMixin):
        return set()
    sentences = StringTranslation.objects.filter(
        context__object_id=instance.translation_key, locale_id=instance.locale_id
    ).exclude(last_translated_by=None)
    if since:
        sentences = sentences.filter(updated_at__gt=since)
    return set(sentences.values_list("last_translated_by_id", flat=True))


def bundle_authors(bundle: Bundle) -> set[int]:
    found = {bundle.submitted_by_id} if bundle.submitted_by_id else set()
    for item in bundle.items.filter(kind=BundleItem.Kind.PUBLISH):
        if item.content_object is not None:
            found |= authors(item.content_object)
    return found
