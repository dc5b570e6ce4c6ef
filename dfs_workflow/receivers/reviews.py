"""The steps of a review, and the mails about them."""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext as _
from wagtail.admin import signal_handlers
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from dfs_workflow import actions, tasks
from dfs_workflow.models import (
    Bundle,
    DecidedByOthers,
    PublicationRefused,
    is_governed,
    open_bundle,
)
from dfs_workflow.models.scheduled import held_back
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.dates import tell_held_back
from dfs_workflow.notifications.proposals import tell_approved


def before_a_workflow_starts(sender: Any, instance: WorkflowState, **kwargs: Any) -> None:
    if not instance._state.adding:
        return
    content_object = instance.content_object
    bundle = open_bundle(content_object) if content_object and is_governed(content_object) else None
    if bundle:
        raise PublicationRefused(
            _("“%(title)s” is part of “%(bundle)s”, which is under review.")
            % {"title": content_object, "bundle": bundle}
        )


def before_a_review_goes_on(sender: Any, instance: TaskState, **kwargs: Any) -> None:
    """The first step of a review, or the same again after changes were asked for."""
    content_object = instance.workflow_state.content_object if instance._state.adding else None
    if isinstance(content_object, Page):
        content_object = content_object.specific
    if content_object is not None and is_governed(content_object):
        actions.require_checked(instance=content_object)


def after_a_review_ended(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    if isinstance(instance.content_object, Bundle):
        actions.close_bundle(bundle=instance.content_object, by=user)


def when_a_review_awaits(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    if isinstance(instance.task.specific, DecidedByOthers):
        queue.put(tasks.ask_reviewers, instance.pk, user.pk if user else None)
    else:
        signal_handlers.task_submission_email_notifier(instance=instance, user=user)


def when_a_review_begins(sender: Any, instance: WorkflowState, **kwargs: Any) -> None:
    """Wagtail tells superusers, whether they decide or not."""
    if not is_ours(instance):
        signal_handlers.workflow_submission_email_notifier(instance=instance, **kwargs)


def when_it_is_approved(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    if is_ours(instance):
        queue.put(tasks.tell_outcome, instance.pk, True, user.pk if user else None)
        queue.put(tell_approved, instance.pk)
    else:
        signal_handlers.workflow_approval_email_notifier(instance=instance, user=user)


def when_it_is_returned(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    if is_ours(instance):
        queue.put(tasks.tell_outcome, instance.pk, False, user.pk if user else None)
    else:
        signal_handlers.workflow_rejection_email_notifier(instance=instance, user=user)


def is_ours(state: WorkflowState) -> bool:
    return isinstance(state.content_object, Bundle) or is_governed(state.content_object)


def after_a_version_was_saved(sender: Any, instance: Revision, created: bool = False, **kwargs: Any) -> None:
    if created and not kwargs.get("raw"):
        actions.keep_public_reason(revision=instance)
        actions.note_void_votes(revision=instance)


def after_a_bundle_was_held_back(sender: Any, bundle: Bundle, **kwargs: Any) -> None:
    queue.put(tell_held_back, bundle.pk)


def replace_mails_of_wagtail() -> None:
    """In the place of Wagtail's own receivers, whichever of the apps starts first: theirs stay for foreign types."""
    for signal, receiver, sender, name in (
        (task_submitted, when_a_review_awaits, TaskState, "group_approval_task_submitted"),
        (workflow_submitted, when_a_review_begins, WorkflowState, "workflow_state_submitted"),
        (workflow_approved, when_it_is_approved, WorkflowState, "workflow_state_approved"),
        (workflow_rejected, when_it_is_returned, WorkflowState, "workflow_state_rejected"),
    ):
        place = {"sender": sender, "dispatch_uid": f"{name}_email_notification"}
        signal.disconnect(**place)
        signal.connect(receiver, **place)


def connect() -> None:
    replace_mails_of_wagtail()
    pre_save.connect(before_a_workflow_starts, sender=WorkflowState, dispatch_uid="dfs_workflow.workflow")
    pre_save.connect(before_a_review_goes_on, sender=TaskState, dispatch_uid="dfs_workflow.task")
    post_save.connect(after_a_version_was_saved, sender=Revision, dispatch_uid="dfs_workflow.votes")
    held_back.connect(after_a_bundle_was_held_back, dispatch_uid="dfs_workflow.held_back")
    for signal in (workflow_approved, workflow_rejected, workflow_cancelled):
        signal.connect(after_a_review_ended, dispatch_uid="dfs_workflow.review_ended")
