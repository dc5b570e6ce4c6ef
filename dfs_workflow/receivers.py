"""Where the gate meets Django's and Wagtail's signals; connected by `WorkflowConfig.ready()`."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import ProtectedError
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.admin import signal_handlers
from wagtail.models import Page, PageViewRestriction, Revision, Site, TaskState, WorkflowState
from wagtail.signals import (
    page_slug_changed,
    post_page_move,
    pre_page_move,
    published,
    task_submitted,
    unpublished,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from dfs_workflow import actions, gate, stewardship, tasks
from dfs_workflow.models import (
    Bundle,
    BundleItem,
    ContentVersion,
    DecidedByOthers,
    Decision,
    Edition,
    EditionFile,
    EditionItem,
    Gated,
    Organisation,
    PermanentReference,
    PublicationRefused,
    Snapshot,
    is_governed,
    open_bundle,
)
from dfs_workflow.notifications import queue
from dfs_workflow.translation.signals import freshness_changed
from dfs_workflow.usage import refuse_if_used

TOP = 2  # below the one root of the tree: the home pages


def before_a_row_is_written(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Connected without a sender, as a page can also be saved through its base class."""
    if not raw and is_governed(instance):
        gate.guard_row(sender, instance, update_fields)


def before_a_row_is_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if not is_governed(instance):
        return
    if (bundle := open_bundle(instance)) and not gate.permitted(Decision.Kind.DELETE):
        raise PublicationRefused(
            _("“%(title)s” was not deleted: it is part of “%(bundle)s”, which is under review.")
            % {"title": instance, "bundle": bundle}
        )
    if type(instance) is not Page and not gate.permitted(Decision.Kind.SYSTEM):
        refuse_if_used(instance, kwargs.get("origin"))
    # The row is asked, as Wagtail has already marked the instance as unpublished.
    if type(instance)._base_manager.filter(pk=instance.pk, live=True).exists():
        gate.require_permit(Decision.Kind.DELETE, instance)


def before_a_revision_is_saved(sender: Any, instance: Revision, update_fields: Any = None, **kwargs: Any) -> None:
    if update_fields is None or "content" in update_fields:
        refuse_overwriting(instance)
    if instance.approved_go_live_at and (update_fields is None or "approved_go_live_at" in update_fields):
        gate.guard_schedule(instance)
    elif update_fields is not None and "approved_go_live_at" in update_fields:
        gate.note_unscheduled(instance)


def refuse_overwriting(revision: Revision) -> None:
    """Wagtail can write a revision again in place; not once somebody looks at it or has decided it."""
    if revision.pk is None or not is_governed(revision.content_object):
        return
    decided = Decision.objects.filter(revision_id=revision.pk).exists()
    if decided or TaskState.objects.filter(revision=revision).exists() or is_in_a_bundle(revision):
        raise PublicationRefused(_("This version was submitted for review: save a new one instead of changing it."))


def before_a_revision_is_deleted(sender: Any, instance: Revision, origin: Any = None, **kwargs: Any) -> None:
    """Tidying up must not make forget who wrote something, or what was decided."""
    if not (isinstance(origin, Revision) or getattr(origin, "model", None) is Revision):
        return
    content_object = instance.content_object
    if content_object is None or not is_governed(content_object):
        return
    live = content_object.live_revision
    if live is None or instance.created_at >= live.created_at or is_in_a_bundle(instance):
        raise ProtectedError(_("This version is still needed: it is live, or not published yet."), {instance})


def is_in_a_bundle(revision: Revision) -> bool:
    return BundleItem.objects.filter(revision_id=revision.pk, bundle__closed_at=None).exists()


def before_a_reference_is_deleted(sender: Any, instance: PermanentReference, **kwargs: Any) -> None:
    raise ProtectedError(_("A permanent reference is never deleted."), {instance})


def before_an_edition_changes(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """What is frozen stays, whoever asks; only loading a dump writes it as it is."""
    stored = None if raw else sender._base_manager.filter(pk=instance.pk).first()
    if stored is not None and (sender is not Edition or stored.frozen_at):
        raise PublicationRefused(_("An edition that is frozen never changes."))


def before_a_page_is_moved(
    sender: Any, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Order among brothers and sisters is free; under another parent the address changes."""
    if parent_page_before.pk != parent_page_after.pk and gate.live_governed_pages(instance).exists():
        gate.require_permit(Decision.Kind.MOVE, instance)


def before_access_is_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    if kwargs.get("raw") or goes_with_its_page(kwargs.get("origin")):
        return
    for page in pages_of(instance):
        gate.guard_access(page)


def after_access_was_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    if not kwargs.get("raw") and not goes_with_its_page(kwargs.get("origin")):
        gate.note_access(instance.page)


def goes_with_its_page(origin: Any) -> bool:
    """Deleting the page has its own guard."""
    return isinstance(origin, Page) or issubclass(getattr(origin, "model", object), Page)


def pages_of(restriction: PageViewRestriction) -> list[Page]:
    """It may have stood on another page before."""
    stored = Page.objects.filter(view_restrictions=restriction.pk) if restriction.pk else Page.objects.none()
    return list({page.pk: page for page in [*stored, restriction.page]}.values())


def when_groups_of_readers_change(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    """Comes before and after, and from both ends: a restriction gets groups, or a group gets restrictions."""
    if isinstance(instance, PageViewRestriction):
        restrictions = [instance]
    elif action == "pre_clear":
        restrictions = list(instance.pageviewrestriction_set.select_related("page"))
    else:
        restrictions = list(PageViewRestriction.objects.filter(pk__in=kwargs["pk_set"] or ()).select_related("page"))
    for restriction in restrictions:
        (gate.guard_access if action.startswith("pre_") else gate.note_access)(restriction.page)


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


def after_something_public_changed(sender: Any, **kwargs: Any) -> None:
    ContentVersion.bump()


def after_a_text_went_live(sender: Any, instance: Any, **kwargs: Any) -> None:
    if is_governed(instance):
        actions.follow_slug(instance=instance)
        actions.keep_in_step(instance=instance)


def after_a_text_was_taken_back(sender: Any, instance: Any, **kwargs: Any) -> None:
    if is_governed(instance):
        actions.withdraw_translations(instance=instance)


def after_an_address_changed(sender: Any, instance: Page, instance_before: Page, **kwargs: Any) -> None:
    if is_governed(instance):
        actions.leave_redirects(source=instance, before=instance_before)


def after_a_snippet_was_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if is_governed(instance) and not isinstance(instance, Page):
        ContentVersion.bump()


def after_a_page_was_added(sender: Any, instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """Signals of page types come with the row of their own type, so once for each page."""
    if created and not raw and isinstance(instance, Page) and isinstance(instance, Gated) and instance.depth == TOP:
        actions.extend_to_language(root=instance)


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
    else:
        signal_handlers.workflow_approval_email_notifier(instance=instance, user=user)


def when_it_is_returned(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    if is_ours(instance):
        queue.put(tasks.tell_outcome, instance.pk, False, user.pk if user else None)
    else:
        signal_handlers.workflow_rejection_email_notifier(instance=instance, user=user)


def is_ours(state: WorkflowState) -> bool:
    return isinstance(state.content_object, Bundle) or is_governed(state.content_object)


def before_groups_of_a_person_change(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    """From both ends: a person loses groups, or a group loses people."""
    if action not in {"pre_remove", "pre_clear"}:
        return
    if reverse:
        lost = pk_set if action == "pre_remove" else instance.user_set.values_list("pk", flat=True)
        groups = [instance.pk]
    else:
        lost = [instance.pk]
        groups = pk_set if action == "pre_remove" else instance.groups.values_list("pk", flat=True)
    stewardship.guard_leaving(people=list(lost), groups=list(groups))


def before_a_person_is_saved(sender: Any, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    if instance.pk and not instance.is_active and (update_fields is None or "is_active" in update_fields):
        stewardship.guard_leaving(people=[instance.pk])


def before_a_person_is_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    stewardship.guard_leaving(people=[instance.pk])


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


def connect_people() -> None:
    user = get_user_model()
    m2m_changed.connect(
        before_groups_of_a_person_change, sender=user.groups.through, dispatch_uid="dfs_workflow.stewards_groups"
    )
    pre_save.connect(before_a_person_is_saved, sender=user, dispatch_uid="dfs_workflow.stewards_closed")
    pre_delete.connect(before_a_person_is_deleted, sender=user, dispatch_uid="dfs_workflow.stewards_deleted")


def connect() -> None:
    replace_mails_of_wagtail()
    for model in (Edition, EditionItem, Snapshot, EditionFile):
        pre_save.connect(before_an_edition_changes, sender=model, dispatch_uid="dfs_workflow.edition")
        pre_delete.connect(before_an_edition_changes, sender=model, dispatch_uid="dfs_workflow.edition_delete")
    connect_people()
    pre_save.connect(before_a_row_is_written, dispatch_uid="dfs_workflow.row")
    pre_delete.connect(before_a_row_is_deleted, dispatch_uid="dfs_workflow.delete")
    pre_save.connect(before_a_revision_is_saved, sender=Revision, dispatch_uid="dfs_workflow.revision")
    pre_delete.connect(before_a_revision_is_deleted, sender=Revision, dispatch_uid="dfs_workflow.revision_delete")
    pre_delete.connect(before_a_reference_is_deleted, sender=PermanentReference, dispatch_uid="dfs_workflow.reference")
    pre_save.connect(before_a_workflow_starts, sender=WorkflowState, dispatch_uid="dfs_workflow.workflow")
    pre_save.connect(before_a_review_goes_on, sender=TaskState, dispatch_uid="dfs_workflow.task")
    pre_page_move.connect(before_a_page_is_moved, dispatch_uid="dfs_workflow.move")
    published.connect(after_a_text_went_live, dispatch_uid="dfs_workflow.offered")
    unpublished.connect(after_a_text_was_taken_back, dispatch_uid="dfs_workflow.taken_back")
    page_slug_changed.connect(after_an_address_changed, dispatch_uid="dfs_workflow.redirects")
    post_save.connect(after_a_page_was_added, dispatch_uid="dfs_workflow.language")
    for signal in (pre_save, pre_delete):
        signal.connect(before_access_is_changed, sender=PageViewRestriction, dispatch_uid="dfs_workflow.access")
    for signal in (post_save, post_delete):
        signal.connect(after_access_was_changed, sender=PageViewRestriction, dispatch_uid="dfs_workflow.access_noted")
    m2m_changed.connect(
        when_groups_of_readers_change, sender=PageViewRestriction.groups.through, dispatch_uid="dfs_workflow.groups"
    )
    for signal in (published, unpublished, post_page_move, freshness_changed):
        signal.connect(after_something_public_changed, dispatch_uid="dfs_workflow.version")
    for signal in (post_save, post_delete):
        for model in (PageViewRestriction, "wagtailredirects.Redirect", Site, Organisation):
            signal.connect(after_something_public_changed, sender=model, dispatch_uid="dfs_workflow.version")
    post_delete.connect(after_something_public_changed, sender=Page, dispatch_uid="dfs_workflow.version_page")
    post_delete.connect(after_a_snippet_was_deleted, dispatch_uid="dfs_workflow.version_snippet")
    for signal in (workflow_approved, workflow_rejected, workflow_cancelled):
        signal.connect(after_a_review_ended, dispatch_uid="dfs_workflow.review_ended")
