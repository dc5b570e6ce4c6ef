"""Mails about taking part. Each is work of the queue, so that no request tells by its time whom it mails.

Every address is one that the person themselves gave, and never shown to another one.
"""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from dfs_workflow.models import Invitation, JoinRequest, Membership, OutgoingMail, name_of, own_reasons
from dfs_workflow.notifications import post, queue
from dfs_workflow.stewardship import stewards

VERIFY_SALT, INVITE_SALT = "dfs_workflow.verify_address", "dfs_workflow.invitation"
MAILS_A_DAY = 3


@task(priority=queue.SOON)
def answer_request(request_id: int) -> None:
    """To the address itself, which is the only one that learns whether it is known here."""
    request = JoinRequest.objects.select_related("organisation").filter(pk=request_id).first()
    if request is None or is_flooded(request):
        return
    is_known = get_user_model()._default_manager.filter(email__iexact=request.email, is_active=True).exists()
    context = {"name": request.name}
    if is_known:
        request.delete()
        send("known", request.email, request.language, context, about=request_id, url=reverse_login)
    else:
        token = signing.dumps(request.pk, salt=VERIFY_SALT)
        send("verify", request.email, request.language, context, about=request_id, url=address("verify_address", token))


def is_flooded(request: JoinRequest) -> bool:
    """Somebody else may have typed this address again and again."""
    day = request.asked_at - timedelta(days=1)
    asked = JoinRequest.objects.filter(email__iexact=request.email, asked_at__gt=day).count()
    # Of an address that has an account, only the mails are left.
    told = OutgoingMail.objects.filter(address__iexact=request.email, kind="known", created_at__gt=day).count()
    return asked + told > MAILS_A_DAY


@task(priority=queue.SOON)
def ask_to_admit(request_id: int) -> None:
    """The organisation's focal points where they may decide, and the stewards otherwise."""
    request = JoinRequest.objects.select_related("organisation").filter(pk=request_id).first()
    if request is None:
        return
    organisation = request.organisation
    focal = (
        Membership.objects.focal_points().filter(organisation=organisation)
        if organisation
        else Membership.objects.none()
    )
    by_domain = bool(organisation) and organisation.domains.filter(domain=request.domain).exists()  # type: ignore[union-attr]
    deciders = [row.user for row in focal.select_related("user")] if by_domain else []
    context = {"name": request.name, "organisation": str(organisation or request.new_organisation)}
    for user in deciders or stewards():
        url = address("join_requests")
        send("admit", user.email, language_of(user), context, about=request_id, person=user, url=url)


@task(priority=queue.SOON)
def tell_declined(request_id: int) -> None:
    request = JoinRequest.objects.filter(pk=request_id).first()
    if request is not None:
        context = {"name": request.name, "reason": request.reason}
        send("declined", request.email, request.language, context, about=request_id)


@task(priority=queue.SOON)
def invite(invitation_id: int) -> None:
    row = Invitation.objects.open(timezone.now()).filter(pk=invitation_id).select_related("organisation").first()
    if row is None:
        return
    token = signing.dumps([row.pk, row.nonce], salt=INVITE_SALT)
    context = {
        "name": row.name,
        "who": name_of(row.invited_by),
        "organisation": str(row.organisation),
        "until": row.expires_at,
    }
    send("invite", row.email, row.language, context, about=row.nonce, url=address("invitation", token))


@task(priority=queue.SOON)
def tell_ended(membership_id: int) -> None:
    row = Membership.objects.select_related("organisation", "user").filter(pk=membership_id).first()
    # Who was erased with it has neither a reason nor an address left.
    if row is not None and row.end_reason:
        language = language_of(row.user)
        with override(language):
            reason = own_reasons.read(row.end_reason)
        context = {"name": name_of(row.user), "organisation": str(row.organisation), "reason": reason}
        send("ended", row.user.email, language, context, about=membership_id)  # its account is closed already


@task(priority=queue.SOON)
def remind_to_confirm(membership_id: int) -> None:
    """Those who can confirm: the other focal point, or else the stewards."""
    row = Membership.objects.active().select_related("organisation", "user").filter(pk=membership_id).first()
    if row is None:
        return
    focal = Membership.objects.focal_points().filter(organisation=row.organisation).exclude(user=row.user)
    people = [each.user for each in focal.select_related("user")] or stewards()
    context = {"person": name_of(row.user), "organisation": str(row.organisation)}
    for user in people:
        url = address("organisation", row.organisation.key)
        about = f"{membership_id} {row.reminded_at}"
        send("confirm", user.email, language_of(user), context, about=about, person=user, url=url)


@task(priority=queue.SOON)
def relay(sender_id: int, recipient_id: int, subject: str, text: str) -> None:
    """Neither learns the address of the other; the answer goes the same way."""
    rows = Membership.objects.active().select_related("organisation", "user").in_bulk([sender_id, recipient_id])
    if len(rows) < 2 or not rows[recipient_id].may_be_contacted:
        return
    sender, recipient = rows[sender_id], rows[recipient_id]
    context = {
        "who": name_of(sender.user),
        "organisation": str(sender.organisation),
        "subject": subject,
        "text": text,
        "can_answer": sender.may_be_contacted,
    }
    person, words = recipient.user, hashlib.sha256(f"{subject}\n{text}".encode()).hexdigest()
    about = f"{sender_id} {words} {timezone.localdate()}"  # a form that was sent twice is one message
    url = address("contact", sender_id)
    send("relay", person.email, language_of(person), context, about=about, person=person, url=url)


class address:
    """A link that is built once the language of its reader is known."""

    def __init__(self, name: str, *args: Any) -> None:
        self.name, self.args = name, args

    def __call__(self) -> str:
        return reverse(f"dfs_workflow:{self.name}", args=self.args)


def reverse_login() -> str:
    return resolve_url(settings.LOGIN_URL)


def language_of(user: Any) -> str:
    return UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE


def send(
    template: str,
    email: str,
    language: str,
    context: dict[str, Any],
    *,
    about: Any,
    person: Any = None,
    url: Any = None,
    reply_to: str = "",
) -> None:
    """`about`: which event, so that it is told once. `person`: whose account it is, where they have one."""
    if not email:
        return
    with override(language or settings.LANGUAGE_CODE):
        full = {**context, "url": f"{get_admin_base_url() or ''}{url()}" if url else "", "can_answer_by_mail": reply_to}
        subject = render_to_string(f"dfs_workflow/mail/{template}_subject.txt", full)
        body = render_to_string(f"dfs_workflow/mail/{template}.txt", full)
    post.write(
        template,
        email,
        language or settings.LANGUAGE_CODE,
        subject=subject,
        body=body,
        about=str(about),
        person=person,
        reply_to=reply_to,
    )
