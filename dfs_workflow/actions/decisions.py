from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision

from dfs_workflow.models import Decision, PublicationRefused, authors
from dfs_workflow.models.digest import digest
from dfs_workflow.models.task import OWN_WORK


def publish_decided(*, revision: Revision, sha256: str, by: Any, reason: str) -> None:
    """Records that `by` decided exactly this content, and makes it live; the caller holds the transaction."""
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    instance = locked.content_object
    if instance.latest_revision_id != locked.pk or digest(locked.content) != sha256:
        raise PublicationRefused(_("“%(title)s” changed after it was submitted.") % {"title": instance})
    if by is None:
        raise PublicationRefused(_("A review needs somebody who decides."))
    if by.pk in authors(instance, until=locked):
        raise PublicationRefused(OWN_WORK)
    Decision.about(instance, kind=Decision.Kind.REVIEW, by=by, reason=reason, revision=locked).save()
    locked.publish(user=by, skip_permission_checks=True)
