"""What an organisation made of a statement in its country; public once that organisation approved it. A change of
what is public waits beside it as a row of its own."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from dfs_workflow.models.organisation import Organisation


class Adoption(models.Model):
    class State(models.TextChoices):
        ADOPTED = "adopted", pgettext_lazy("adoption", "adopted")
        PLANNED = "planned", pgettext_lazy("adoption", "planned")
        EQUIVALENT = "equivalent", pgettext_lazy("adoption", "equivalent rule in force")

    translation_key = models.UUIDField(editable=False, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    instrument = models.CharField(_("law, regulation or other instrument"), max_length=300, blank=True)
    link = models.URLField(_("link to it"), max_length=500, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)
    history: Any = HistoricalRecords()

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "organisation"],
                condition=models.Q(approved_at=None),
                name="dfs_adoption_one_waits",
            ),
            models.UniqueConstraint(
                fields=["translation_key", "organisation"],
                condition=models.Q(approved_at__isnull=False),
                name="dfs_adoption_one_is_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"
