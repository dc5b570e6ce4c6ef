"""An MOU that its parties recorded as signed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from dfs_mou.models.agreement import Agreement, AgreementParty


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def public(self) -> Self:
        """Of two authorities or more, each known by its members, who all agreed to be named."""
        silent = Q(consented_at=None) | Q(organisation=None)
        others = AgreementParty.objects.filter(silent, agreement=OuterRef("agreement"))
        return self.alias(authorities=Count("agreement__parties")).filter(~Exists(others), authorities__gte=2)


class Conclusion(models.Model):
    """The dates are computed from the terms of the MOU itself."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="conclusion")
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=12)
    content_hash = models.CharField(max_length=64)
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("in force from"))
    review_on = models.DateField(_("next review"), null=True)
    notice_by = models.DateField(_("last day for a notice against renewal"), null=True)
    expires_on = models.DateField(_("end of the period"), null=True)
    reminded = models.JSONField(default=list)
    by_name = models.CharField(_("recorded by"), max_length=120, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("concluded MOU")
        verbose_name_plural = _("concluded MOUs")
        ordering = ["-signed_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class SignedCopy(models.Model):
    """Kept in the database, so that deleting the agreement deletes it, and no address on a disk leads to it."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.CASCADE, related_name="copies")
    name = models.CharField(_("name"), max_length=120)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    # Its name may come later and differs by language, so it doesn't tell whose copy this is.
    party = models.ForeignKey(AgreementParty, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(_("added by"), max_length=120, blank=True)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
