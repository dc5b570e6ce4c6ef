"""What one person published in an emergency, until a second one has signed it off."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OverrideQuerySet(models.QuerySet["Override"]):
    def open(self) -> OverrideQuerySet:
        return self.filter(closed_at=None)

    def to_report(self, at: datetime) -> OverrideQuerySet:
        """What is open and wasn't told for a week, and what was closed since it was told."""
        untold = Q(reported_at=None) | Q(reported_at__lte=at - timedelta(days=7))
        return self.filter(Q(closed_at=None) & untold | Q(closed_at__gt=F("reported_at")))


class Override(models.Model):
    class Outcome(models.TextChoices):
        AGREED = "agreed", _("agreed")
        OBJECTED = "objected", _("objected: the version before is live again, or nothing")

    content_type = models.ForeignKey(ContentType, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    object_id = models.CharField(max_length=255)
    content_object = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    title = models.CharField(_("title"), max_length=255)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    before = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    # Everybody who wrote a part of it; none of them signs it off.
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(_("by"), max_length=255)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("at"))
    reported_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("to be signed off until"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_by_name = models.CharField(_("signed off by"), max_length=255, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency publication")
        verbose_name_plural = _("emergency publications")
        ordering = ["-at", "-pk"]
        permissions = [
            ("publish_in_emergency", "Can publish alone in an emergency, with a reason"),
            ("sign_off_emergency", "Can sign off what somebody else published in an emergency"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="dfs_override_with_reason"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="dfs_override_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.title
