"""A lost second factor: a steward takes it away, and the person comes back through their mailbox."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import APIToken

from dfs_workflow import permissions
from dfs_workflow.actions.history import record
from dfs_workflow.models import Capability, PeopleRefused, name_of
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.people import language_of, send


@transaction.atomic
def reset_second_factor(*, by: Any, user: Any, reason: str, at: datetime) -> None:
    """The password goes too: whoever stole it, or the lost device, would otherwise be the first to come back."""
    require_other(by, user)
    if not reason.strip():
        raise PeopleRefused(_("Say why: the reason is part of the record."))
    if not user.email:
        raise PeopleRefused(_("This account has no mail address, and could not come back. The operator has to help."))
    if not Authenticator.objects.filter(user=user).exists():
        raise PeopleRefused(_("This account has no second factor."))
    Authenticator.objects.filter(user=user).delete()
    APIToken.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=user):
        session.end()
    membership = permissions.membership_of(user)
    organisation = membership.organisation if membership else None
    details = {"reason": reason}
    record(action="second_factor.reset", by=by, about=user, at=at, organisation=organisation, details=details)
    queue.put(tell_reset, user.pk, at.isoformat())


def require_other(by: Any, user: Any) -> None:
    """One steward is enough, as the way back leads through a mailbox that is not theirs."""
    permissions.require(by, Capability.MANAGE_PLATFORM)
    if by.pk == user.pk:
        raise PeopleRefused(_("Another steward has to do this for you."))
    if user.is_superuser and not by.is_superuser:
        raise permissions.NotAllowed(_("The operator looks after this account."))


@task()
def tell_reset(user_id: int, when: str) -> None:
    user = get_user_model()._default_manager.filter(pk=user_id, is_active=True).first()
    if user is not None:
        context = {"name": name_of(user)}
        about = f"{user_id} {when}"
        send("second_factor_reset", user.email, language_of(user), context, about=about, person=user, url=way_back)


def way_back() -> str:
    return reverse("account_reset_password")
