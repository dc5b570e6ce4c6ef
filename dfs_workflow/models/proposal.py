"""What members propose to change, from the page they read or from the editor; it outlives what it is about."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.models import Page

from dfs_workflow.models.organisation import Organisation
from dfs_workflow.models.people_refusal import PeopleRefused


class ProposalRefused(PeopleRefused):
    """Says in one sentence what to do."""


class Proposal(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("being collected")
        SUBMITTED = "submitted", _("submitted")
        IN_REVIEW = "in-review", _("in review")
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("accepted in part")
        DECLINED = "declined", _("declined")
        APPLIED = "applied", _("applied")

    OPEN = (State.SUBMITTED, State.IN_REVIEW)
    WAITING = (*OPEN, State.ACCEPTED, State.PARTLY)
    OVER = (State.DECLINED, State.APPLIED)
    ACCEPTED_STATES = (State.ACCEPTED, State.PARTLY, State.APPLIED)

    # None while it is being collected, so that no number is missing later.
    number = models.CharField(_("number"), max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001
    title = models.CharField(_("title"), max_length=255)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    reason = models.TextField(_("reason"), blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("proposed by")
    )
    proposed_by_name = models.CharField(max_length=255, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("organisation")
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, db_index=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("assigned to")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("decided by")
    )
    decided_by_name = models.CharField(max_length=255, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True)
    bundle = models.ForeignKey("dfs_workflow.Bundle", null=True, on_delete=models.SET_NULL, related_name="proposals")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-submitted_at", "-pk"]
        permissions = [("triage_proposal", "Can decide about proposals")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft", number=None) | (~models.Q(state="draft") & ~models.Q(number=None)),
                name="dfs_proposal_number_once_submitted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(decision_reason=""),
                name="dfs_proposal_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.number, self.title]))

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER


class ProposalItem(models.Model):
    """One page or one snippet, and what is to become of it."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("edit")
        NEW = "new", _("new statement")
        WITHDRAW = "withdraw", _("withdrawal")
        MOVE = "move", _("move")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # For a new statement the page that it is to stand under. Not protected: a proposal keeps no page from deletion.
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    chapter = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    # What is no page, such as a term of a glossary; none of it is protected either. Without a key it is to be new.
    snippet_type = models.ForeignKey(ContentType, null=True, on_delete=models.CASCADE, related_name="+")
    snippet_id = models.CharField(max_length=255, blank=True)
    snippet = GenericForeignKey("snippet_type", "snippet_id")
    page_title = models.CharField(max_length=255)
    reference = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20)
    base_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    # Fields of the page that differ, before and after; streams as their blocks.
    base: Any = models.JSONField(default=dict)
    proposed: Any = models.JSONField(default=dict)
    # Which kind of page is new and where, what takes the place of what is withdrawn, where something is moved to.
    details: Any = models.JSONField(default=dict)
    # What was decided, place by place: [path, value, value that was seen].
    answers: Any = models.JSONField(default=list)
    result_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    class Meta:
        verbose_name = _("part of a proposal")
        verbose_name_plural = _("parts of proposals")
        ordering = ["pk"]
        indexes = [models.Index(fields=["result_revision"], name="dfs_proposal_result")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def name(self) -> str:
        """Of what it is about; something new has only the title that was proposed for it, not that of its place."""
        own = self.proposed.get("title", "") if self.kind == self.Kind.NEW else ""
        return str(own or self.reference or self.page_title)

    @cached_property
    def subject(self) -> Any:
        """The page or snippet in its own type, an empty one where it is to be new; nothing once it is gone.

        `with_pages` reads those of many at once.
        """
        if self.snippet_type_id is not None and not self.snippet_id:
            return ContentType.objects.get_for_id(self.snippet_type_id).model_class()()  # type: ignore[misc]
        if self.snippet_type_id is not None:
            return self.snippet
        page = Page.objects.filter(pk=self.page_id).first()
        return page.specific if page is not None else None


class ProposalRemark(models.Model):
    """One contribution to the discussion of a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=255, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("remark"))

    class Meta:
        verbose_name = _("remark on a proposal")
        verbose_name_plural = _("remarks on proposals")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ProposalCounter(models.Model):
    """The last number of a year, in one row: locked while the next one is given."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def next(cls, year: int) -> str:
        """Inside the transaction that submits: where that is taken back, the number is too."""
        row, _created = cls.objects.select_for_update().get_or_create(year=year)
        row.last += 1
        row.save()
        return f"CP-{year}-{row.last:03d}"
