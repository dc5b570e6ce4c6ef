"""What everybody agrees to who takes part. A new version is asked for again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dfs_workflow.conf import source_language


class CharterQuerySet(models.QuerySet["Charter"]):
    def in_force(self) -> CharterQuerySet:
        """The latest version; an expression, so that it can stand inside another query."""
        return self.filter(pk__in=self.model.objects.order_by("-number").values("pk")[:1])


class Charter(models.Model):
    """Never changed once it is published, as people agreed to exactly this text."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    # Language: text, in paragraphs.
    texts: Any = models.JSONField(_("texts"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CharterQuerySet.as_manager()

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"

    def text_in(self, language: str) -> tuple[str, str]:
        """With the language it is in: that asked for, or the source."""
        return (self.texts[language], language) if self.texts.get(language) else (self.source, source_language())

    @property
    def source(self) -> str:
        return str(self.texts.get(source_language(), ""))


class CharterAcceptance(models.Model):
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="acceptances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["charter", "user"], name="dfs_charter_accepted_once")]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.user_id}"
