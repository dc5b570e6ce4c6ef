"""Files and images that a live reviewed page shows stay what was reviewed: nobody alone replaces or deletes them."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from dfs_workflow.models import Gated, PublicationRefused


def before_a_file_is_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if page := where_shown(instance):
        raise PublicationRefused(
            _("“%(title)s” was not deleted: “%(page)s” shows it. Take it out of that page first.")
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


def where_shown(instance: Any) -> Model | None:
    """A governed object that is live and names the file."""
    for reference in ReferenceIndex.get_references_to(instance).select_related("content_type"):
        model = reference.content_type.model_class()
        if model is not None and issubclass(model, Gated):
            shown = model._base_manager.filter(pk=reference.object_id, live=True).first()
            if shown is not None:
                return shown
    return None


def connect() -> None:
    for model in (get_document_model(), get_image_model()):
        pre_delete.connect(before_a_file_is_deleted, sender=model, dispatch_uid=f"dfs_workflow.{model.__name__}_delete")
        pre_save.connect(before_a_file_is_replaced, sender=model, dispatch_uid=f"dfs_workflow.{model.__name__}_file")
