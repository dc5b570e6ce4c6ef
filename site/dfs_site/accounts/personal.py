"""What django-allauth keeps about a person: devices of the second factor and sessions."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

SESSION = ("created_at", "ip", "last_seen_at", "user_agent")


def export(user: Any) -> dict[str, Any]:
    return {
        "second_factors": list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")),
        "sessions": list(UserSession.objects.filter(user=user).values(*SESSION)),
    }


def erase(user: Any) -> None:
    for model in (Authenticator, UserSession, EmailAddress):
        model.objects.filter(user=user).delete()
