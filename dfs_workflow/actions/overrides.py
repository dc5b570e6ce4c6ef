"""Publishing alone in an emergency, and what a second person does about it afterwards."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from dfs_workflow import gate, permissions
from dfs_workflow.models import (
    Decision,
    Override,
    PublicationRefused,
    authors,
    is_governed,
    name_of,
    open_bundle,
    why_not_second,
)
from dfs_workflow.models.decision import base_model
from dfs_workflow.models.public_reason import told_with
from dfs_workflow.notifications import duties as mails
from dfs_workflow.notifications import queue

WORKING_DAYS = 5
SATURDAY = 5


@transaction.atomic
def publish_in_emergency(
    *, instance: Any, by: Any, reason: str, at: datetime, public_reason: str | None = None
) -> Override:
    """The newest version goes live at once; everybody who edits sees it until a second person has signed it off."""
    if not permissions.can_publish_in_emergency(by) or not is_governed(instance):
        raise PermissionDenied(_("You may not publish in an emergency."))
    if not reason.strip():
        raise PublicationRefused(_("Say why: the reason is part of the record."))
    revision, before = instance.latest_revision, instance.live_revision
    if revision is None or revision == before:
        raise PublicationRefused(_("“%(title)s” has no changes to publish.") % {"title": instance})
    if bundle := open_bundle(instance):
        raise PublicationRefused(
            _("“%(title)s” is part of “%(bundle)s”, which is under review.") % {"title": instance, "bundle": bundle}
        )
    wrote = authors(instance, until=revision) | {by.pk}
    override = Override.objects.create(
        content_type=ContentType.objects.get_for_model(base_model(instance), for_concrete_model=False),
        object_id=str(instance.pk), title=str(instance)[:255], revision=revision, before=before, by=by,
        by_name=name_of(by)[:255], reason=reason.strip(), at=at, due_at=after_working_days(at, WORKING_DAYS),
    )  # fmt: skip
    override.authors.set(wrote)
    told = told_with(revision, instance) if public_reason is None else public_reason
    kind = Decision.Kind.OVERRIDE
    Decision.about(instance, kind=kind, by=by, reason=reason, revision=revision, public_reason=told).save()
    revision.publish(user=by, skip_permission_checks=True)
    queue.put(mails.tell_emergency, override.pk)
    return override


@transaction.atomic
def agree_to_override(*, override: Override, by: Any, comment: str = "", at: datetime) -> None:
    """From now on the version counts as reviewed."""
    locked = closable(override, by)
    instance = locked.content_object
    if instance is not None and instance.live_revision_id == locked.revision_id:
        review = Decision.Kind.REVIEW
        Decision.about(instance, kind=review, by=by, reason=comment or locked.reason, revision=locked.revision).save()
    close(locked, by, Override.Outcome.AGREED, comment, at)


@transaction.atomic
def object_to_override(*, override: Override, by: Any, comment: str, at: datetime) -> None:
    """What two people had decided before is live again, or nothing."""
    if not comment.strip():
        raise PublicationRefused(_("Say why: the reason is part of the record."))
    locked = closable(override, by)
    instance = locked.content_object
    if instance is not None and instance.live_revision_id == locked.revision_id:
        take_back(instance, locked.before, by, comment)
    close(locked, by, Override.Outcome.OBJECTED, comment, at)


def take_back(instance: Any, before: Revision | None, by: Any, reason: str) -> None:
    if before is None:
        with gate.permit(Decision.Kind.WITHDRAW, reason=reason, by=by):
            instance.unpublish(user=by)
        return
    Decision.about(instance, kind=Decision.Kind.REVIEW, by=by, reason=reason, revision=before).save()
    before.publish(user=by, skip_permission_checks=True)


def closable(override: Override, by: Any) -> Override:
    if not permissions.can_sign_off(by):
        raise PermissionDenied(_("You are not among those who decide this."))
    locked = Override.objects.select_for_update().get(pk=override.pk)
    if locked.closed_at:
        raise PublicationRefused(_("“%(title)s” was signed off already.") % {"title": locked})
    if why := why_not_second(by, set(locked.authors.values_list("pk", flat=True))):
        raise PublicationRefused(why)
    return locked


def close(override: Override, by: Any, outcome: str, comment: str, at: datetime) -> None:
    override.closed_at, override.closed_by, override.closed_by_name = at, by, name_of(by)[:255]
    override.outcome, override.comment = outcome, comment.strip()
    override.save()


def after_working_days(at: datetime, days: int) -> datetime:
    """Saturdays and Sundays don't count; holidays differ by country and do."""
    while days:
        at += timedelta(days=1)
        days -= is_working_day(at.date())
    return at


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY
