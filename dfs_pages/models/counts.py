from django.db import models
from django.utils.translation import gettext_lazy as _


class OutcomeCounts(models.Model):
    """How many outcomes the official text states, so that what was not seen of it is visible."""

    official_knowledge = models.PositiveSmallIntegerField(_("official knowledge areas"), null=True, blank=True)
    official_skills = models.PositiveSmallIntegerField(_("official skills areas"), null=True, blank=True)
    official_steps = models.PositiveSmallIntegerField(_("official proactive steps"), null=True, blank=True)

    COUNT_FIELDS = ("official_knowledge", "official_skills", "official_steps")

    class Meta:
        abstract = True

    @property
    def official_outcomes(self) -> int | None:
        counts = [getattr(self, name) for name in self.COUNT_FIELDS]
        return None if None in counts else sum(counts)
