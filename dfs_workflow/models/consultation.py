"""Formal consultations in the form that ISO, CEN and ITU committees know, with what became of each comment."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from dfs_workflow.models.edition import Edition
from dfs_workflow.models.organisation import Organisation
from dfs_workflow.models.people_refusal import PeopleRefused

LINK = RegexValidator(
    r"^(https?://[^\s]+|/[^/\s\\][^\s]*)$", _("Write an address that begins with https:// or, on this site, with /.")
)


class ConsultationRefused(PeopleRefused):
    """Says in one sentence what to do."""


class Consultation(models.Model):
    """About a page with the statements below it, as they were listed when it opened."""

    title = models.CharField(_("title"), max_length=200)
    translation_key = models.UUIDField(editable=False, db_index=True)
    # Frozen later from what is public then: so its draft is the public text.
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("edition")
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("earlier round")
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closes_on = models.DateField(_("open until"))
    reminded_on = models.DateField(null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-opened_at", "-pk"]
        permissions = [("manage_consultations", "Can open and close consultations and decide about answers")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def takes_answers(self) -> bool:
        return self.closed_at is None and timezone.localdate() <= self.closes_on

    def is_over(self, at: datetime) -> bool:
        today: date = timezone.localdate(at)
        return today > self.closes_on


class ConsultationClause(models.Model):
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    reference = models.CharField(_("reference"), max_length=40)
    title = models.CharField(_("title"), max_length=255)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "reference"], name="dfs_consultation_clause_once")
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class ConsultationAnswer(models.Model):
    """One line of the form."""

    class Kind(models.TextChoices):
        GENERAL = "ge", pgettext_lazy("comment", "general")
        TECHNICAL = "te", pgettext_lazy("comment", "technical")
        EDITORIAL = "ed", pgettext_lazy("comment", "editorial")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveIntegerField(_("number"))
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    # As the form names whose comment it is: SN ARTP.
    member = models.CharField(_("member"), max_length=120)
    clause = models.ForeignKey(ConsultationClause, null=True, on_delete=models.SET_NULL, related_name="answers")
    # What was written in the form, where it is none of the clauses.
    clause_text = models.CharField(_("clause"), max_length=200, blank=True)
    kind = models.CharField(_("type"), max_length=2, choices=Kind.choices)
    comment = models.TextField(_("comment"))
    proposed_change = models.TextField(_("proposed change"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to a consultation")
        verbose_name_plural = _("answers to consultations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="dfs_consultation_answer_number")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.member}"

    @property
    def is_unmatched(self) -> bool:
        return self.clause_id is None and bool(self.clause_text)

    @property
    def clause_name(self) -> str:
        return self.clause.reference if self.clause else self.clause_text


class Disposition(models.Model):
    """What became of one answer, and why; each change of it is kept."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("comment", "accepted")
        PARTLY = "partly", pgettext_lazy("comment", "accepted in part")
        NOTED = "noted", pgettext_lazy("comment", "noted")
        REJECTED = "rejected", pgettext_lazy("comment", "rejected")

    answer = models.OneToOneField(ConsultationAnswer, on_delete=models.CASCADE, related_name="disposition")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("reason"), blank=True)
    link = models.CharField(_("link to the change"), max_length=500, blank=True, validators=[LINK])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("at"))
    history: Any = HistoricalRecords()

    class Meta:
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")

    def __str__(self) -> str:
        return f"{self.answer_id} {self.outcome}"
