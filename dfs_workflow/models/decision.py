"""Who decided what: one exact content going live, or a change to what is live."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from dfs_workflow.models.digest import digest


class Decision(models.Model):
    """Outlives what it is about: nothing cascades into it, and it is never changed or deleted."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("reviewed by a second person")
        SYSTEM = "system", _("published by the system")
        OVERRIDE = "override", _("published by one person in an emergency")
        WITHDRAW = "withdraw", _("withdrawn")
        MOVE = "move", _("moved")
        DELETE = "delete", _("deleted")
        RESTRICT = "restrict", _("access changed")
        UNSCHEDULE = "unschedule", _("date of publication taken back")

    PUBLISHING = (Kind.REVIEW, Kind.SYSTEM, Kind.OVERRIDE)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    content_type = models.ForeignKey(ContentType, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    object_id = models.CharField(max_length=255)
    content_object = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    title = models.CharField(_("title"), max_length=255)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # The words for readers; the reason above is for those who edit and review.
    public_reason = models.TextField(_("what readers are told"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(_("by"), max_length=255, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["revision", "sha256"], name="dfs_decision_revision"),
            models.Index(fields=["content_type", "object_id"], name="dfs_decision_object"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    def is_for(self, revision: Revision) -> bool:
        """Whether it brings exactly this content to its readers."""
        is_same = (self.revision_id, self.sha256) == (revision.pk, digest(revision.content))
        return is_same and self.kind in self.PUBLISHING

    @classmethod
    def about_life_of(cls, instance: Any) -> "models.QuerySet[Decision]":
        """What brought it to its readers, took it from them or kept it from them, the newest first."""
        content_type = ContentType.objects.get_for_model(base_model(instance), for_concrete_model=False)
        kinds = (*cls.PUBLISHING, cls.Kind.WITHDRAW, cls.Kind.UNSCHEDULE)
        return cls.objects.filter(content_type=content_type, object_id=str(instance.pk), kind__in=kinds)

    @classmethod
    def known_to_readers(cls) -> "models.QuerySet[Decision]":
        """Without versions that wait for their date, or whose date was taken back: nobody has read them."""
        taken_back = cls.objects.filter(
            kind=cls.Kind.UNSCHEDULE, revision=models.OuterRef("revision"), pk__gt=models.OuterRef("pk")
        )
        waiting = Revision.objects.filter(pk=models.OuterRef("revision")).exclude(approved_go_live_at=None)
        return cls.objects.exclude(models.Exists(taken_back) | models.Exists(waiting))

    @classmethod
    def about(
        cls,
        instance: Any,
        *,
        kind: str,
        by: Any,
        reason: str,
        revision: Revision | None = None,
        public_reason: str = "",
    ) -> "Decision":
        """Not saved yet, so that an import can write many at once."""
        return cls(
            kind=kind,
            content_type=ContentType.objects.get_for_model(base_model(instance), for_concrete_model=False),
            object_id=str(instance.pk),
            title=str(instance)[:255],
            revision=revision,
            sha256=digest(revision.content) if revision else "",
            reason=reason,
            public_reason=public_reason,
            by=by,
            by_name=by.get_full_name() or by.get_username() if by else "",
        )


def base_model(instance: Any) -> type[models.Model]:
    """A page is always recorded as a page, as its revisions are."""
    parents = type(instance)._meta.get_parent_list()
    return parents[-1] if parents else type(instance)
