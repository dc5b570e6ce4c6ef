"""Who takes part, and for which organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dfs_workflow.models.capability import EXPERT
from dfs_workflow.models.charter import Charter, CharterAcceptance
from dfs_workflow.models.organisation import Organisation

MOST_FOCAL_POINTS = 2


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        return self.filter(ended_at=None)

    def focal_points(self) -> MembershipQuerySet:
        return self.active().exclude(focal_slot=None)

    def known_to_one(self) -> MembershipQuerySet:
        """Of people whom nobody knows but who let them in."""
        return self.filter(vouched_by=None).exclude(started_by=None)

    def vouched(self) -> MembershipQuerySet:
        """As `is_vouched` says of one."""
        return self.filter(Q(started_by=None) | Q(vouched_by__isnull=False))

    def to_vouch_for(self, user: Any) -> MembershipQuerySet:
        """Known to one person so far, who is somebody else than this one."""
        rows = self.active().known_to_one()
        return rows.exclude(started_by=user).exclude(user=user).select_related("organisation", "user", "started_by")

    def with_charter(self) -> MembershipQuerySet:
        """Adds `accepted_charter`: of the charter in force, or true where there is none yet."""
        accepted = CharterAcceptance.objects.filter(user=OuterRef("user"), charter__in=Charter.objects.in_force())
        return self.annotate(accepted_charter=Exists(accepted) | ~Exists(Charter.objects.in_force()))

    def confirmed_before(self, at: datetime) -> MembershipQuerySet:
        return self.active().filter(confirmed_at__lt=at)


class Membership(models.Model):
    """A person speaks for one organisation at a time; what they did for another one before stays with that."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        EXPERT = EXPERT, _("expert")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="dfs_memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    job_title = models.CharField(_("position"), max_length=120, blank=True)
    # Numbers the seats, so that the database itself refuses a third one.
    focal_slot = models.PositiveSmallIntegerField(_("focal point"), null=True, blank=True)
    started_at = models.DateTimeField(_("since"))
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The first who confirmed it without having let this person in.
    vouched_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    end_reason = models.TextField(_("reason"), blank=True)
    # Consent, field by field; nothing is shown to counterparts without it.
    is_listed = models.BooleanField(_("show my name and organisation to counterparts"), default=False)
    shows_job_title = models.BooleanField(_("show my position"), default=False)
    may_be_contacted = models.BooleanField(_("let counterparts write to me through the platform"), default=False)
    history = HistoricalRecords()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "pk"]
        permissions = [("steward", "Can decide who takes part, and what each kind of organisation may do")]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="dfs_membership_one_at_a_time"),
            models.UniqueConstraint(fields=["organisation", "focal_slot"], name="dfs_membership_focal_seat"),
            models.CheckConstraint(
                condition=Q(focal_slot=None) | Q(focal_slot__range=(1, MOST_FOCAL_POINTS), ended_at=None),
                name="dfs_membership_focal_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"{name_of(self.user)}, {self.organisation}"

    @property
    def is_focal_point(self) -> bool:
        return self.focal_slot is not None and self.ended_at is None

    @property
    def is_vouched(self) -> bool:
        """More than one person knows who this is; whom the operator made a member needs nobody else."""
        return self.started_by_id is None or self.vouched_by_id is not None

    @property
    def kind(self) -> str:
        """The row of the table of rules that applies."""
        return EXPERT if self.role == self.Role.EXPERT else self.organisation.kind


class OrganisationDomain(models.Model):
    """A mail domain that a steward knows to be the organisation's; its focal points may admit people who use it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("mail domain"), max_length=253, unique=True)
    verified_at = models.DateTimeField(_("verified at"))
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("verified mail domain")
        verbose_name_plural = _("verified mail domains")
        ordering = ["domain"]
        constraints = [
            models.CheckConstraint(condition=Q(domain__regex=r"^[a-z0-9.-]+\.[a-z0-9-]+$"), name="dfs_domain_form")
        ]

    def __str__(self) -> str:
        return self.domain


def name_of(user: Any) -> str:
    return user.get_full_name() or user.get_username() if user else ""
