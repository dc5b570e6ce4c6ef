"""Who is away, and who decides in their place meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(first_day__lte=day, last_day__gte=day)


class Absence(models.Model):
    """The delegate is a second person like the one who is away: neither decides what they wrote themselves."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dfs_absence")
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("in my place")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="dfs_absence_days"),
            models.CheckConstraint(condition=~Q(delegate=F("user")), name="dfs_absence_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day} – {self.last_day}"


def groups_of(user: Any) -> QuerySet[Group]:
    """Their own, and those of everybody they stand in for today; whoever is away keeps theirs."""
    away = Absence.objects.on(timezone.localdate()).filter(delegate=user, user__is_active=True)
    return Group.objects.filter(Q(user=user) | Q(user__in=away.values("user"))).distinct()
