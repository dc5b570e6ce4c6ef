"""What may happen to a row, a version or a frozen edition."""

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from dfs_workflow import gate
from dfs_workflow.models import (
    BundleItem,
    Decision,
    Edition,
    EditionFile,
    EditionItem,
    PermanentReference,
    PublicationRefused,
    Snapshot,
    is_governed,
    open_bundle,
)
from dfs_workflow.usage import refuse_if_used


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


def connect() -> None:
    for model in (Edition, EditionItem, Snapshot, EditionFile):
        pre_save.connect(before_an_edition_changes, sender=model, dispatch_uid="dfs_workflow.edition")
        pre_delete.connect(before_an_edition_changes, sender=model, dispatch_uid="dfs_workflow.edition_delete")
    pre_save.connect(before_a_row_is_written, dispatch_uid="dfs_workflow.row")
    pre_delete.connect(before_a_row_is_deleted, dispatch_uid="dfs_workflow.delete")
    pre_save.connect(before_a_revision_is_saved, sender=Revision, dispatch_uid="dfs_workflow.revision")
    pre_delete.connect(before_a_revision_is_deleted, sender=Revision, dispatch_uid="dfs_workflow.revision_delete")
    pre_delete.connect(before_a_reference_is_deleted, sender=PermanentReference, dispatch_uid="dfs_workflow.reference")
