"""What an expert without an account was asked about one version, and what they answered."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


class FactCheckQuerySet(models.QuerySet["FactCheck"]):
    def open(self, at: datetime) -> FactCheckQuerySet:
        return self.filter(answered_at=None, expires_at__gt=at)

    def confirmed(self, revision: int) -> FactCheckQuerySet:
        return self.filter(task_state__revision=revision, verdict=FactCheck.Verdict.CONFIRMED)


class FactCheck(models.Model):
    """The link in the mail is signed, and works until it is answered or expires."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("the facts are right")
        DOUBTED = "doubted", _("something is wrong or doubtful")

    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="dfs_fact_checks")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=10)
    question = models.TextField(_("question"), max_length=2000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    expires_at = models.DateTimeField(_("expires at"))
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict.choices, blank=True)
    answer = models.TextField(_("explanation"), max_length=10_000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact check")
        verbose_name_plural = _("fact checks")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, verdict="") | (Q(answered_at__isnull=False) & ~Q(verdict="")),
                name="dfs_fact_check_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.task_state.revision.object_str}"
