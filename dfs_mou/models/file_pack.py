from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dfs_mou.models.agreement import Agreement

KEPT = timedelta(hours=1)


class FilePackQuerySet(models.QuerySet["FilePack"]):
    def fresh(self, at: datetime) -> Self:
        return self.filter(asked_at__gt=at - KEPT)

    def old(self, at: datetime) -> Self:
        return self.filter(asked_at__lte=at - KEPT)


class FilePack(models.Model):
    """All files of an agreement in one, made by the worker. For an hour, and never longer than the agreement itself."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="pack")
    content_hash = models.CharField(max_length=64)
    day = models.DateField(_("date of the text"))
    is_draft = models.BooleanField(pgettext_lazy("document", "draft"))
    asked_at = models.DateTimeField(_("asked for at"), db_index=True)
    done = models.PositiveSmallIntegerField(_("files made"), default=0)
    total = models.PositiveSmallIntegerField(_("files to make"))
    failed = models.JSONField(default=list, blank=True)
    content = models.BinaryField(null=True)

    objects = FilePackQuerySet.as_manager()

    class Meta:
        verbose_name = _("files of an agreement")
        verbose_name_plural = _("files of agreements")

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"
