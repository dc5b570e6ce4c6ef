from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dfs_mou.models.agreement import Agreement


class ClauseProposal(models.Model):
    """Other wording for one clause of one agreement. The template never changes by it."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Other wording")
        DROPPED = "dropped", _("Leave out")
        ADDED = "added", _("New text")
        COMMENT = "comment", _("Comment")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("proposed wording", "Open")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Declined")
        COUNTERED = "countered", _("Answered with other wording")
        WITHDRAWN = "withdrawn", pgettext_lazy("proposed wording", "Withdrawn")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=12)
    key = models.CharField(_("clause"), max_length=64)
    before = models.TextField(_("text before"), blank=True)
    after = models.TextField(_("text proposed"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    status = models.CharField(_("state"), max_length=9, choices=Status.choices, default=Status.OPEN)
    by_party = models.ForeignKey(
        "dfs_mou.AgreementParty", null=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    by_name = models.CharField(_("proposed by"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("proposed at"))
    decided_name = models.CharField(_("decided by"), max_length=120, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    counter_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="counters")

    class Meta:
        verbose_name = _("proposal for a clause")
        verbose_name_plural = _("proposals for clauses")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_kind_display()}"
