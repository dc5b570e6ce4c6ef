"""From the question to take part to the account: request, verified address, decision, invitation."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.models import UserProfile

from dfs_workflow import conf, permissions
from dfs_workflow.actions.history import record
from dfs_workflow.actions.membership import start_membership
from dfs_workflow.models import Capability, Invitation, JoinRequest, Membership, Organisation, PeopleRefused
from dfs_workflow.notifications import people as mails
from dfs_workflow.notifications import queue

DAYS_TO_VERIFY = 7
SENDER_GONE = gettext_lazy(
    "Who invited you doesn't look after the members of %(organisation)s any more, so this invitation has ended. "
    "Ask to take part, or ask the organisation for a new invitation."
)
DEAD_LINK = gettext_lazy("This link was used already, is too old, or is incomplete. Ask for a new one.")


@transaction.atomic
def ask_to_join(*, at: datetime, language: str, **answers: Any) -> JoinRequest:
    """Says nothing about whether the address is known; the mail to it does."""
    request = JoinRequest.objects.create(asked_at=at, language=language, **answers)
    queue.put(mails.answer_request, request.pk)
    return request


@transaction.atomic
def verify_address(*, token: str, at: datetime) -> JoinRequest:
    """By who received the mail; the second time it changes nothing."""
    request = requested_by(token, lock=True)
    if request.verified_at is None:
        request.verified_at = at
        request.save(update_fields=["verified_at"])
        queue.put(mails.ask_to_admit, request.pk)
    return request


def requested_by(token: str, *, lock: bool = False) -> JoinRequest:
    try:
        pk = signing.loads(token, salt=mails.VERIFY_SALT, max_age=timedelta(days=DAYS_TO_VERIFY))
    except signing.BadSignature as error:
        raise PeopleRefused(DEAD_LINK) from error
    rows = JoinRequest.objects.select_for_update(of=("self",)) if lock else JoinRequest.objects.all()
    request = rows.filter(pk=pk, decided_at=None).first()
    if request is None:
        raise PeopleRefused(DEAD_LINK)
    return request


@transaction.atomic
def admit(
    *,
    by: Any,
    join_request: JoinRequest,
    at: datetime,
    organisation: Organisation | None = None,
    role: str = Membership.Role.MEMBER,
    as_focal_point: bool = False,
) -> Invitation:
    """`organisation`: where a steward corrects or adds what the person named."""
    locked = decidable(join_request, by)
    place = organisation or locked.organisation
    if place is None:
        raise PeopleRefused(_("Choose the organisation for which this person will speak."))
    if place != locked.organisation or as_focal_point:
        permissions.require(by, Capability.MANAGE_PLATFORM)
    locked.organisation, locked.is_approved, locked.decided_at, locked.decided_by = place, True, at, by
    locked.save()
    return invite(
        by=by,
        organisation=place,
        email=locked.email,
        name=locked.name,
        job_title=locked.job_title,
        role=role,
        as_focal_point=as_focal_point,
        language=locked.language,
        at=at,
    )


@transaction.atomic
def decline(*, by: Any, join_request: JoinRequest, reason: str, at: datetime) -> None:
    locked = decidable(join_request, by)
    if not reason.strip():
        raise PeopleRefused(_("Say why: the person is told your reason."))
    locked.is_approved, locked.reason, locked.decided_at, locked.decided_by = False, reason, at, by
    locked.save()
    record(action="join_request.declined", by=by, at=at, organisation=locked.organisation)
    queue.put(mails.tell_declined, locked.pk)


def decidable(join_request: JoinRequest, by: Any) -> JoinRequest:
    locked = JoinRequest.objects.select_for_update(of=("self",)).get(pk=join_request.pk)
    if locked.decided_at is not None or locked.verified_at is None:
        raise PeopleRefused(_("This request was decided already, or its address is not verified yet."))
    permissions.require_admission(by, locked)
    return locked


@transaction.atomic
def invite(
    *,
    by: Any,
    organisation: Organisation,
    email: str,
    name: str,
    at: datetime,
    job_title: str = "",
    role: str = Membership.Role.MEMBER,
    as_focal_point: bool = False,
    language: str = "",
) -> Invitation:
    """Replaces what was sent to the same address before."""
    permissions.require(by, Capability.MANAGE_PEOPLE, organisation=organisation)
    if as_focal_point:
        permissions.require(by, Capability.MANAGE_PLATFORM)
    withdraw_invitations(Invitation.objects.filter(email__iexact=email), by=by, at=at)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email.lower(),
        name=name,
        job_title=job_title,
        role=role,
        as_focal_point=as_focal_point,
        language=language,
        nonce=secrets.token_hex(16),
        invited_at=at,
        invited_by=by,
        expires_at=at + timedelta(days=conf.invitation_days()),
    )
    record(action="invitation.sent", by=by, at=at, organisation=organisation)
    queue.put(mails.invite, invitation.pk)
    return invitation


@transaction.atomic
def withdraw_invitation(*, by: Any, invitation: Invitation, at: datetime) -> None:
    permissions.require(by, Capability.MANAGE_PEOPLE, organisation=invitation.organisation)
    withdraw_invitations(Invitation.objects.filter(pk=invitation.pk), by=by, at=at)
    record(action="invitation.withdrawn", by=by, at=at, organisation=invitation.organisation)


def withdraw_invitations(invitations: Any, *, by: Any, at: datetime) -> None:
    invitations.open(at).update(withdrawn_at=at, withdrawn_by=by)


def invitation_of(token: str, *, at: datetime, lock: bool = False) -> Invitation:
    """The one that this link opens; refused in one sentence, whatever is wrong with it."""
    try:
        pk, nonce = signing.loads(token, salt=mails.INVITE_SALT, max_age=timedelta(days=conf.invitation_days()))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise PeopleRefused(DEAD_LINK) from error
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects.all()
    found = rows.filter(pk=pk, nonce=nonce, used_at=None, expires_at__gt=at)
    invitation = found.select_related("organisation", "invited_by").first()
    if invitation is None:
        raise PeopleRefused(DEAD_LINK)
    sender, organisation = invitation.invited_by, invitation.organisation
    if sender is not None and not permissions.looks_after(sender, organisation):
        raise PeopleRefused(SENDER_GONE % {"organisation": organisation})
    if invitation.withdrawn_at:
        raise PeopleRefused(DEAD_LINK)
    return invitation


def account_of(invitation: Invitation) -> Any:
    """Whose address it is, if that person can sign in already."""
    users = get_user_model()._default_manager.filter(email__iexact=invitation.email, is_active=True)
    return users.first()


@transaction.atomic
def accept_invitation(*, token: str, at: datetime, by: Any = None, name: str = "", password: str = "") -> Membership:
    """`by`: who is signed in. Without an account yet, one is made with this name and password."""
    invitation = invitation_of(token, at=at, lock=True)
    user = account_of(invitation)
    if user is None:
        user = make_account(invitation, name or invitation.name, password)
    elif by is None or by.pk != user.pk:
        raise PeopleRefused(_("There is an account with this address. Sign in to it first, then open the link again."))
    membership = start_membership(user=user, invitation=invitation, at=at)
    invitation.used_at, invitation.used_by = at, user
    invitation.save(update_fields=["used_at", "used_by"])
    return membership


def make_account(invitation: Invitation, name: str, password: str) -> Any:
    """A person who left and comes back gets the former account again, without any of its former rights."""
    model = get_user_model()
    user = model._default_manager.filter(email__iexact=invitation.email).first()
    if user is None:
        user = model(username=f"member-{secrets.token_hex(5)}", email=invitation.email)
    else:  # also one that was only suspended, and then by somebody else than who invites now
        user.groups.clear()
        user.user_permissions.clear()
        user.is_staff = user.is_superuser = False
    first, _space, last = name.strip().rpartition(" ")
    user.first_name, user.last_name = (first or last)[:150], (last if first else "")[:150]
    user.is_active = True
    user.set_password(password)
    user.save()
    remember_language(user, invitation.language)
    return user


def remember_language(user: Any, language: str) -> None:
    """The mails of an account come in the language of its invitation, unless another one was chosen."""
    profile = UserProfile.get_for_user(user)
    if language and not profile.preferred_language:
        profile.preferred_language = language
        profile.save(update_fields=["preferred_language"])
