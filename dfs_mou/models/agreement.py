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
    """Saved answers of one MOU in the making. Who holds a link holds the answers; deleted means gone."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    edition = models.ForeignKey(
        "dfs_mou.TemplateEdition", on_delete=models.PROTECT, related_name="agreements", verbose_name=_("edition")
    )
    languages = models.JSONField(_("languages"))
    answers = models.JSONField(_("answers"))
    keep = models.JSONField(_("optional clauses kept"), null=True)
    wording = models.JSONField(_("agreed wording"), default=dict)
    look = models.JSONField(_("look of its Word files"), default=dict, blank=True)
    look_name = models.CharField(_("name of that look"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created at"))
    saved_at = models.DateTimeField(_("saved at"))
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved agreement")
        verbose_name_plural = _("saved agreements")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class AgreementParty(models.Model):
    """Who works on an agreement: each has a link of their own, and what they write bears their name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField(_("name"), max_length=120, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    is_owner = models.BooleanField(default=False)
    # Whose members open the agreement without a link.
    organisation = models.ForeignKey(
        "dfs_workflow.Organisation",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("organisation"),
    )
    consented_at = models.DateTimeField(_("agreed to the public register at"), null=True)
    reminder_email = models.EmailField(_("address for reminders"), blank=True)
    reminder_language = models.CharField(max_length=12, blank=True)
    invited_at = models.DateTimeField(_("invited at"))
    agreed_hash = models.CharField(max_length=64, blank=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_hash="", agreed_at=None)
                | ~models.Q(agreed_hash="") & ~models.Q(agreed_at=None),
                name="dfs_mou_agreed_hash_and_time",
            ),
            models.UniqueConstraint(fields=["agreement", "organisation"], name="dfs_mou_organisation_once"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.organisation or _("The first party"))


class AgreementVersion(models.Model):
    """What was saved, by whom and when: to undo, to compare, and to merge what two people change at once."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    # None where it was saved before versions knew it: then that of the agreement is taken.
    edition = models.ForeignKey(
        "dfs_mou.TemplateEdition",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("template edition"),
    )
    languages = models.JSONField(_("languages"))
    answers = models.JSONField(_("answers"))
    keep = models.JSONField(_("optional clauses kept"), null=True)
    wording = models.JSONField(_("agreed wording"), default=dict)
    by_party = models.ForeignKey(AgreementParty, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(_("saved by"), max_length=120, blank=True)
    undoes = models.PositiveIntegerField(null=True)  # the number of the version that this one took back
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="dfs_mou_version_number")]

    def __str__(self) -> str:
        return f"{self.number}"


class DeletedAgreement(models.Model):
    """That an agreement was there and is gone; nothing of what it said."""

    class Reason(models.TextChoices):
        DELETED = "deleted", _("Deleted by its owner")
        EXPIRED = "expired", _("Its link ended")

    created_at = models.DateTimeField(_("created at"))
    deleted_at = models.DateTimeField(_("deleted at"))
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)

    class Meta:
        verbose_name = _("deleted agreement")
        verbose_name_plural = _("deleted agreements")

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.deleted_at:%Y-%m-%d}"
