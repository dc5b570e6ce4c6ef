"""Files and images that a live page shows or a review reads: nobody alone replaces or deletes them."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex, Revision, TaskState

from dfs_workflow.models import BundleItem, Gated, PublicationRefused, is_governed
from dfs_workflow.models.decision import base_model


def before_a_file_is_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if page := where_shown(instance):
        raise PublicationRefused(
            _("“%(title)s” was not deleted: “%(page)s” shows it. Take it out of that page first.")
            % {"title": instance, "page": page}
        )
    if page := where_reviewed(instance):
        raise PublicationRefused(
            _("“%(title)s” was not deleted: “%(page)s”, which is under review, shows it.")
            % {"title": instance, "page": page}
        )


def before_a_file_is_replaced(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    stored = sender._base_manager.filter(pk=instance.pk).values_list("file", flat=True).first()
    if raw or stored is None or stored == instance.file.name:
        return
    if page := where_shown(instance):
        raise PublicationRefused(
            _("The file of “%(title)s” was not replaced: “%(page)s” shows it. Add a new file and change that page.")
            % {"title": instance, "page": page}
        )
    if page := where_reviewed(instance):
        raise PublicationRefused(
            _("The file of “%(title)s” was not replaced: “%(page)s”, which is under review, shows it.")
            % {"title": instance, "page": page}
        )


def where_shown(instance: Any) -> Model | None:
    """A governed object that is live and names the file."""
    for reference in ReferenceIndex.get_references_to(instance).select_related("content_type"):
        model = reference.content_type.model_class()
        if model is not None and issubclass(model, Gated):
            shown = model._base_manager.filter(pk=reference.object_id, live=True).first()
            if shown is not None:
                return shown
    return None


def where_reviewed(instance: Any) -> Model | None:
    """The index of references knows live versions only, so what is submitted or scheduled is read itself."""
    base = ContentType.objects.get_for_model(base_model(instance), for_concrete_model=False)
    for revision in versions_under_review():
        draft = revision.as_object()
        named = ReferenceIndex._extract_references_from_object(draft)
        if any((kind, key) == (base.pk, str(instance.pk)) for kind, key, *_paths in named):
            return draft  # type: ignore[no-any-return]
    return None


def versions_under_review() -> Iterator[Revision]:
    """Submitted alone or in a bundle, or decided and waiting for their date."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision_id")
    bundled = BundleItem.objects.filter(bundle__closed_at=None, revision__isnull=False).values("revision_id")
    waiting = Q(pk__in=states) | Q(pk__in=bundled) | Q(approved_go_live_at__isnull=False)
    return (revision for revision in Revision.objects.filter(waiting) if is_governed(revision.content_object))


def connect() -> None:
    for model in (get_document_model(), get_image_model()):
        pre_delete.connect(before_a_file_is_deleted, sender=model, dispatch_uid=f"dfs_workflow.{model.__name__}_delete")
        pre_save.connect(before_a_file_is_replaced, sender=model, dispatch_uid=f"dfs_workflow.{model.__name__}_file")
