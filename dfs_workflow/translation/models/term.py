"""The termbase: how each language names a concept, and how it must not."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class Concept(ClusterableModel):
    """What several words in several languages stand for."""

    key = models.SlugField(_("key"), max_length=100, unique=True)
    definition = models.TextField(_("definition"), blank=True)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Term(models.Model):
    class Status(models.TextChoices):
        APPROVED = "approved", _("approved")
        ADMITTED = "admitted", _("admitted")
        FORBIDDEN = "forbidden", _("forbidden")

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="terms", verbose_name=_("concept"))
    language = models.CharField(_("language"), max_length=20)
    text = models.CharField(_("term"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.APPROVED)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["language", "status", "text"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "language", "text"], name="dfs_term_once"),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"
