"""Mails on their way out, addresses that came back, and what each person wants to hear."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dfs_workflow.models.mail_words import kind_name, reason

INTERRUPTED_AFTER = timedelta(minutes=15)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, at: datetime) -> OutgoingMailQuerySet:
        return self.filter(state=OutgoingMail.State.QUEUED, next_at__lte=at).order_by("pk")

    def interrupted(self, at: datetime) -> OutgoingMailQuerySet:
        """Claimed by a worker that died: nobody knows whether they went out."""
        return self.filter(state=OutgoingMail.State.SENDING, claimed_at__lt=at - INTERRUPTED_AFTER)


class OutgoingMail(models.Model):
    """One mail to one address. Its words are kept until it is sent and not longer."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("mail", "waits")
        SENDING = "sending", pgettext_lazy("mail", "is being sent")
        SENT = "sent", pgettext_lazy("mail", "sent")
        FAILED = "failed", pgettext_lazy("mail", "not sent")
        BOUNCED = "bounced", pgettext_lazy("mail", "came back")

    # What it is about and for whom, hashed: the same mail is never written twice.
    key = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=20)
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    headers: Any = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("written at"))
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.CharField(_("why not"), max_length=300, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [models.Index(fields=["state", "next_at"], name="dfs_mail_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def kind_name(self) -> str:
        return kind_name(self.kind)

    @property
    def why_not(self) -> str:
        return reason(self.error)


class MailAddress(models.Model):
    """An address from which mails came back for good. What goes there rests while it is paused."""

    address = models.EmailField(_("address"), unique=True)  # in small letters
    hard_bounces = models.PositiveSmallIntegerField(_("came back"), default=0)
    error = models.CharField(_("why not"), max_length=300, blank=True)
    last_at = models.DateTimeField(_("at"))
    paused_at = models.DateTimeField(_("paused at"), null=True)

    class Meta:
        verbose_name = _("address that came back")
        verbose_name_plural = _("addresses that came back")

    def __str__(self) -> str:
        return self.address

    @classmethod
    def is_paused(cls, address: str) -> bool:
        return cls.objects.filter(address=address.lower()).exclude(paused_at=None).exists()


class MailChoice(models.Model):
    """What one person wants by mail. Without a row members get a digest each week, and what waits for them at once."""

    class Pace(models.TextChoices):
        OFF = "off", pgettext_lazy("digest", "never")
        INSTANT = "instant", pgettext_lazy("digest", "as it happens")
        DAILY = "daily", pgettext_lazy("digest", "once a day")
        WEEKLY = "weekly", pgettext_lazy("digest", "once a week")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dfs_mail_choice")
    pace = models.CharField(_("News of the platform"), max_length=10, choices=Pace.choices, default=Pace.WEEKLY)
    tells_at_once = models.BooleanField(_("Tell me at once what waits for me"), default=True)
    # Empty: all of them. Chapters by translation key, so that they are the same in every language.
    languages: Any = models.JSONField(default=list, blank=True)
    chapters: Any = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")

    def __str__(self) -> str:
        return f"{self.user_id} {self.pace}"

    @classmethod
    def of(cls, user: Any) -> MailChoice:
        return cls.objects.filter(user=user).first() or cls(user=user)


class DigestWindow(models.Model):
    """From when to when one round of digests tells; each round is made once."""

    pace = models.CharField(max_length=10, choices=MailChoice.Pace.choices)
    since = models.DateTimeField()
    until = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    mails = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("round of digests")
        verbose_name_plural = _("rounds of digests")
        constraints = [models.UniqueConstraint(fields=["pace", "until"], name="dfs_digest_once")]

    def __str__(self) -> str:
        return f"{self.pace} {self.until:%Y-%m-%d %H:%M}"
