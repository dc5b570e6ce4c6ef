from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def open(self, at: datetime) -> Self:
        return self.filter(expires_at__gt=at)

    def expired(self, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)


class Agreement(models.Model):
    """Saved answers of one MOU in the making. Who holds the link holds the answers; deleted means gone."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    edition = models.ForeignKey(
        "dfs_mou.TemplateEdition", on_delete=models.PROTECT, related_name="agreements", verbose_name=_("edition")
    )
    languages = models.JSONField(_("languages"))
    answers = models.JSONField(_("answers"))
    keep = models.JSONField(_("optional clauses kept"), null=True)
    created_at = models.DateTimeField(_("created at"))
    saved_at = models.DateTimeField(_("saved at"))
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved agreement")
        verbose_name_plural = _("saved agreements")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
