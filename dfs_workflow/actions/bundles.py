from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, TranslatableMixin, WorkflowState

from dfs_workflow import conf, permissions
from dfs_workflow.actions.bundle_review import review_of
from dfs_workflow.actions.decisions import publish_decided
from dfs_workflow.actions.live_changes import carry_out, changes_for
from dfs_workflow.actions.public_reasons import give_public_reason
from dfs_workflow.actions.translations import draft_for_bundle, translation_into
from dfs_workflow.models import (
    Bundle,
    BundleItem,
    PublicationRefused,
    authors,
    is_governed,
    open_bundle,
    why_not_second,
)
from dfs_workflow.models.bundle import in_order
from dfs_workflow.models.decision import base_model
from dfs_workflow.models.digest import digest
from dfs_workflow.models.public_reason import can_be_told
from dfs_workflow.models.scheduled import waiting_revisions
from dfs_workflow.models.task import NOT_AMONG_THEM


@transaction.atomic
def submit_bundle(
    *,
    title: str,
    objects: Sequence[Any],
    by: Any,
    reason: str = "",
    public_reason: str = "",
    told_in: int | None = None,
) -> Bundle:
    """Puts the newest drafts of several objects under one review; they stand still until it ends.

    `public_reason` is told about each that readers know and that has no words of its own; `told_in` is the locale it
    is written in, where there are several.
    """
    if not permissions.can_submit_bundle(by):
        raise PermissionDenied(_("You may not submit a bundle."))
    found = [publish_item(instance, by, public_reason if speaks(instance, told_in) else "") for instance in objects]
    items = [item for item in found if item]
    require_one_date(items)
    return start_review(title=title, items=items, by=by, reason=reason)


def speaks(instance: Any, locale_id: int | None) -> bool:
    return locale_id is None or getattr(instance, "locale_id", locale_id) == locale_id


def date_of(revision: Revision) -> datetime | None:
    at = revision.content.get("go_live_at")
    return at if isinstance(at, datetime) else parse_datetime(at or "")  # text once it was read from the database


def require_one_date(items: list[BundleItem]) -> None:
    """A version that waits for a date of its own would stay behind when the others go live."""
    now = timezone.now()
    dates = {date_of(item.revision) for item in items if item.revision}
    if len({at if at and at > now else None for at in dates}) > 1:
        raise PublicationRefused(_("What is in a bundle goes live together: give all of it the same date, or none."))


@transaction.atomic
def ask_change(*, kind: str, instance: Any, by: Any, reason: str, details: dict[str, Any] | None = None) -> Bundle:
    """Asks a second person to withdraw, move, delete or restrict what is live, in all its languages."""
    if not permissions.can_ask_change(by) or kind not in changes_for(instance):
        raise PermissionDenied(_("You may not ask for this."))
    if not reason.strip():
        raise PublicationRefused(_("Say why: the reason is part of the record."))
    everywhere = in_all_languages(instance)
    if not any(other.live for other in everywhere):
        raise PublicationRefused(_("“%(title)s” is not live.") % {"title": instance})
    # A translation that is still a draft must not come out later where the source is private, moved or gone.
    concerned = [other for other in everywhere if other.live or kind != BundleItem.Kind.WITHDRAW]
    items = [item_for(other, kind=kind, details=told_at(other, instance, details or {})) for other in concerned]
    title = f"{BundleItem.Kind(kind).label}: {instance}"
    return start_review(title=title[:255], items=items, by=by, reason=reason)


def told_at(other: Any, asked: Any, details: dict[str, Any]) -> dict[str, Any]:
    """The words for readers are in the language of the page for which it was asked."""
    return details if other.pk == asked.pk else {**details, "public_reason": ""}


def in_all_languages(instance: Any) -> list[Any]:
    """What is done to the source is done to its translations too; a translation can also be treated alone."""
    if not isinstance(instance, TranslatableMixin) or instance.locale.language_code != conf.source_language():
        return [instance]
    translations = instance.get_translations(inclusive=True)
    return list(translations.specific() if isinstance(instance, Page) else translations)


def publish_item(instance: Any, by: Any, public_reason: str = "") -> BundleItem | None:
    """Nothing for a translation whose sentences are as readers see them."""
    item = item_for(instance, kind=BundleItem.Kind.PUBLISH, details={})
    revision = draft_for_bundle(instance=instance, by=by) if is_governed(instance) else None
    if revision is None and translation_into(instance):
        return None
    if revision is None:
        raise PublicationRefused(_("“%(title)s” has no changes to submit.") % {"title": instance})
    item.revision, item.sha256 = revision, digest(revision.content)
    if public_reason and can_be_told(instance):
        give_public_reason(revision=revision, text=public_reason)
    return item


def item_for(instance: Any, *, kind: str, details: dict[str, Any]) -> BundleItem:
    if bundle := open_bundle(instance):
        raise PublicationRefused(
            _("“%(title)s” is part of “%(bundle)s”, which is under review.") % {"title": instance, "bundle": bundle}
        )
    if instance.locked or instance.current_workflow_state or instance.approved_schedule:
        raise PublicationRefused(_("“%(title)s” is locked, scheduled or under review.") % {"title": instance})
    content_type = ContentType.objects.get_for_model(base_model(instance), for_concrete_model=False)
    return BundleItem(kind=kind, content_type=content_type, object_id=str(instance.pk), details=details)


def start_review(*, title: str, items: list[BundleItem], by: Any, reason: str) -> Bundle:
    if not items:
        raise PublicationRefused(_("There is nothing to submit."))
    bundle = Bundle(title=title, reason=reason, submitted_by=by, live=False, has_unpublished_changes=True)
    bundle.items = items
    bundle.save()
    bundle.save_revision(user=by, log_action=True)
    review_of(bundle, items).start(bundle, by)
    return bundle


def publish_bundle(*, bundle: Bundle, revision: Revision, by: Any, reason: str) -> None:
    """All or nothing, parents first; called by the finished review, inside its transaction."""
    state = bundle.workflow_states.order_by("-pk").first()
    if state is None or state.status != WorkflowState.STATUS_APPROVED:
        raise PublicationRefused(_("The review of “%(title)s” is not finished.") % {"title": bundle})
    if by is None:
        raise PublicationRefused(_("A review needs somebody who decides."))
    if refusal := why_not_second(by, authors(bundle)):
        raise PublicationRefused(refusal)
    reviewed = revision.as_object()
    for item in in_order(list(reviewed.items.all())):
        if item.kind == BundleItem.Kind.PUBLISH:
            publish_decided(revision=item.revision, sha256=item.sha256, by=by, reason=reason)
        else:
            why = " ".join(filter(None, [reviewed.reason, reason]))
            carry_out(item=item, by=by, asked_by=reviewed.submitted_by, reason=why)
    revision.publish(user=by, skip_permission_checks=True)
    last = waiting_revisions(bundle).first()
    Bundle.objects.filter(pk=bundle.pk).update(goes_live_at=last and last.approved_go_live_at, held_back={})


@transaction.atomic
def close_bundle(*, bundle: Bundle, by: Any = None) -> None:
    """Its review ended, whichever way: nothing is locked any more. What was rejected is submitted anew."""
    Bundle.objects.filter(pk=bundle.pk, closed_at=None).update(closed_at=timezone.now())
    state = bundle.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.cancel(user=by)


@transaction.atomic
def rehearse_bundle(*, bundle: Bundle, by: Any) -> None:
    """All that an approval would do, whatever steps are still to come, and nothing of it stays.

    Raises `PublicationRefused` with what stands in the way.
    """
    workflow_state, task_state = bundle.current_workflow_state, bundle.current_workflow_task_state
    if task_state is None:
        raise PublicationRefused(_("“%(title)s” is not under review any more.") % {"title": bundle})
    if not permissions.can_decide(by, bundle):
        raise PublicationRefused(why_not_second(by, authors(bundle)) or NOT_AMONG_THEM)
    task_state.status, task_state.finished_by = TaskState.STATUS_APPROVED, by
    task_state.save()
    workflow_state.current_task_state = task_state
    workflow_state.finish(user=by)
    transaction.set_rollback(True)


@transaction.atomic
def decide_bundle(*, bundle: Bundle, by: Any, approve: bool, comment: str = "") -> None:
    """Approves or returns the whole bundle; the task checks who decides."""
    task_state = bundle.current_workflow_task_state
    if task_state is None:
        raise PublicationRefused(_("“%(title)s” is not under review any more.") % {"title": bundle})
    task_state.task.specific.on_action(task_state, by, "approve" if approve else "reject", comment=comment)
