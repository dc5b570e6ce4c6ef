"""Several versions, or a change to what is live, that one second person decides as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin

from dfs_workflow.conf import source_language
from dfs_workflow.models.decision import base_model


class Bundle(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """The object that is reviewed. Its revision holds the items, so they stand still once it is submitted."""

    title = models.CharField(_("title"), max_length=255)
    reason = models.TextField(_("reason"), blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    # Approved, and waiting for its one date; afterwards nothing. Why it could not go live then, by language.
    goes_live_at = models.DateTimeField(_("goes live at"), null=True, editable=False)
    held_back: Any = models.JSONField(_("why it did not go live"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-submitted_at"]
        permissions = [("submit_bundle", "Can submit a bundle"), ("ask_change", "Can ask for a change to what is live")]

    def __str__(self) -> str:
        return self.title

    def why_held_back(self) -> str:
        """For who reads it now; nothing where nothing keeps it."""
        return str(self.held_back.get(get_language()) or self.held_back.get(settings.LANGUAGE_CODE, ""))

    why_held_back.short_description = _("why it did not go live")  # type: ignore[attr-defined]


class BundleItem(models.Model):
    class Kind(models.TextChoices):
        PUBLISH = "publish", _("publish")
        WITHDRAW = "withdraw", _("withdraw")
        MOVE = "move", _("move")
        DELETE = "delete", _("delete")
        RESTRICT = "restrict", _("change access")

    bundle = ParentalKey(Bundle, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PUBLISH)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    content_object = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    # Not protected by the database, or what was once in a bundle could never be deleted by decision.
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"], name="dfs_bundle_item_object")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.content_object}"

    @classmethod
    def open_for(cls, instance: Any) -> "models.QuerySet[BundleItem]":
        content_type, key = object_key(instance)
        return cls.objects.filter(bundle__closed_at=None, content_type_id=content_type, object_id=key)


def in_order(items: list[BundleItem]) -> list[BundleItem]:
    """A page is published after the page above it, a translation after its source; what is deleted goes last."""

    def key(item: BundleItem) -> tuple[bool, bool, str]:
        row = item.content_object
        is_translation = isinstance(row, TranslatableMixin) and row.locale.language_code != source_language()
        return item.kind == BundleItem.Kind.DELETE, is_translation, getattr(row, "path", "")

    return sorted(items, key=key)


def object_key(instance: Any) -> tuple[int, str]:
    return ContentType.objects.get_for_model(base_model(instance), for_concrete_model=False).pk, str(instance.pk)


def open_bundle(instance: Any) -> Bundle | None:
    """The bundle under review that lists this object, if any; an object is in at most one open review."""
    remembered = _remembered.get()
    if remembered is not None:
        return remembered.bundles.get(object_key(instance))
    item = BundleItem.open_for(instance).select_related("bundle").first()
    return item.bundle if item else None


class OpenBundles:
    """All that is under review, asked for once."""

    @cached_property
    def bundles(self) -> dict[tuple[int, str], Bundle]:
        items = BundleItem.objects.filter(bundle__closed_at=None).select_related("bundle").order_by("-pk")
        return {(item.content_type_id, item.object_id): item.bundle for item in items}


_remembered: ContextVar[OpenBundles | None] = ContextVar("dfs_workflow_open_bundles", default=None)


@contextmanager
def remembered_bundles() -> Iterator[None]:
    """While a page is only shown: a listing asks for the lock of each of its rows."""
    token = _remembered.set(OpenBundles())
    try:
        yield
    finally:
        _remembered.reset(token)
