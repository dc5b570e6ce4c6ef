"""What keeps from readers what was decided for them: a date taken back, and translations whose source is gone."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from dfs_workflow import gate
from dfs_workflow.actions.bundles import in_all_languages
from dfs_workflow.models import Bundle, Decision, PublicationRefused
from dfs_workflow.models.own_reasons import SOURCE_GONE
from dfs_workflow.models.scheduled import waiting_bundle, waiting_revisions
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.dates import tell_taken_back

Kind = Decision.Kind


@transaction.atomic
def take_back_schedule(*, by: Any, instance: Any, reason: str = "") -> None:
    """One person is enough: nothing gets to readers by it, and the same version needs a new approval afterwards.

    What is in a bundle goes live with all the others or not at all, so their dates are taken back too.
    """
    revision = instance.scheduled_revision
    if revision is None:
        raise PublicationRefused(_("“%(title)s” doesn't wait for a date.") % {"title": instance})
    bundle = waiting_bundle(revision)
    with gate.permit(Kind.UNSCHEDULE, reason=reason, by=by):
        for each in waiting_revisions(bundle) if bundle else [revision]:
            each.approved_go_live_at = None
            each.save(user=by, update_fields=["approved_go_live_at"])
    if bundle:
        Bundle.objects.filter(pk=bundle.pk).update(goes_live_at=None, held_back={})
        queue.put(tell_taken_back, bundle.pk, str(instance), by.pk if by else None)


@transaction.atomic
def withdraw_translations(*, instance: Any) -> None:
    """Whatever took a source from its readers, a decision or its date, takes its translations too, and their dates."""
    translations = [other for other in in_all_languages(instance) if other.pk != instance.pk]
    with gate.following(Kind.WITHDRAW, reason=SOURCE_GONE) as by:
        for live in (other for other in translations if other.live):
            action = UnpublishPageAction if isinstance(live, Page) else UnpublishAction
            action(live, user=by).execute(skip_permission_checks=True)
    for waiting in (other for other in translations if not other.live and other.scheduled_revision):
        take_back_schedule(by=by, instance=waiting, reason=SOURCE_GONE)
