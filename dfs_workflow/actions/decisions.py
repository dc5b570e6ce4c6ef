from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision, TranslatableMixin
from wagtail_localize.models import Translation

from dfs_workflow.models import Decision, PublicationRefused, authors, why_not_second
from dfs_workflow.models.digest import digest
from dfs_workflow.models.public_reason import told_with
from dfs_workflow.translation.actions import approve_segments


def publish_decided(*, revision: Revision, sha256: str, by: Any, reason: str) -> None:
    """Records that `by` decided exactly this content, and makes it live; the caller holds the transaction."""
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    instance = locked.content_object
    if instance.latest_revision_id != locked.pk or digest(locked.content) != sha256:
        raise PublicationRefused(_("“%(title)s” changed after it was submitted.") % {"title": instance})
    if by is None:
        raise PublicationRefused(_("A review needs somebody who decides."))
    if why := why_not_second(by, authors(instance, until=locked)):
        raise PublicationRefused(why)
    told = told_with(locked, instance)
    review = Decision.Kind.REVIEW
    Decision.about(instance, kind=review, by=by, reason=reason, revision=locked, public_reason=told).save()
    locked.publish(user=by, skip_permission_checks=True)
    approve_sentences(instance, locked, by)


def approve_sentences(instance: Any, revision: Revision, by: Any) -> None:
    """Whoever approves a translation approves each of its sentences."""
    if not isinstance(instance, TranslatableMixin):
        return
    translation = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    ).first()
    if translation is not None:
        approve_segments(by=by, translation=translation, revision=revision)
