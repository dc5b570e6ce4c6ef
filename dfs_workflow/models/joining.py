"""How somebody gets in: they ask, prove their address, are let in, and are invited. Nobody signs up alone."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dfs_workflow.models.membership import Membership
from dfs_workflow.models.organisation import Organisation


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def open(self) -> JoinRequestQuerySet:
        """Waiting for somebody's decision."""
        return self.filter(decided_at=None).exclude(verified_at=None)


class JoinRequest(models.Model):
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("work e-mail"))
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="join_requests"
    )
    new_organisation = models.CharField(_("another organisation"), max_length=200, blank=True)
    job_title = models.CharField(_("position"), max_length=120, blank=True)
    why = models.TextField(_("why"), max_length=2000)
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField(_("asked at"))
    verified_at = models.DateTimeField(_("address verified at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # Without a context, this is the state of a term in another app.
    is_approved = models.BooleanField(pgettext_lazy("request to join", "approved"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, is_approved=None) | Q(decided_at__isnull=False, is_approved__isnull=False),
                name="dfs_join_request_decided",
            ),
            models.CheckConstraint(
                condition=Q(is_approved__isnull=True) | Q(is_approved=True) | ~Q(reason=""),
                name="dfs_join_request_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation or self.new_organisation}"

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2].lower()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> InvitationQuerySet:
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """Its link is signed, works once and for this address only; a new nonce makes the former link worthless."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    job_title = models.CharField(_("position"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role.choices, default=Membership.Role.MEMBER)
    as_focal_point = models.BooleanField(_("as focal point"), default=False)
    language = models.CharField(max_length=10, blank=True)
    nonce = models.CharField(max_length=32)
    invited_at = models.DateTimeField(_("invited at"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"
