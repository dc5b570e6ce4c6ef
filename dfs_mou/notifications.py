"""Mails about agreements. Each goes to an address that its reader gave, and says nothing of what the text says."""

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from dfs_mou.models import AgreementParty
from dfs_workflow.models import Membership
from dfs_workflow.notifications import post, queue


@task(priority=queue.SOON)
def tell_invited(party_id: int) -> None:
    """To the focal points of an authority that was invited by its members."""
    party = AgreementParty.objects.select_related("organisation").filter(pk=party_id).first()
    if party is None or party.organisation is None:
        return
    focal = Membership.objects.focal_points().filter(organisation=party.organisation).select_related("user")
    host = AgreementParty.objects.filter(agreement=party.agreement_id, is_owner=True).first()
    for row in focal:
        language = UserProfile.get_for_user(row.user).preferred_language or settings.LANGUAGE_CODE
        context = {"organisation": str(party.organisation), "host": str(host or "")}
        send("invited", row.user.email, language, context, about=str(party_id), person=row.user)


@task(priority=queue.SOON)
def remind(party_id: int, what: str, day: str) -> None:
    """`what`: review, notice or expiry."""
    rows = AgreementParty.objects.select_related("agreement__conclusion").exclude(agreement__conclusion=None)
    party = rows.filter(pk=party_id).first()
    if party is None or not party.reminder_email:
        return
    context = {"what": what, "day": date.fromisoformat(day), "title": party.agreement.conclusion.title}
    context["parties"] = ", ".join(str(row) for row in party.agreement.parties.select_related("organisation"))
    about = f"{party_id} {what} {day}"
    send("reminder", party.reminder_email, party.reminder_language, context, about=about)


def send(template: str, email: str, language: str, context: dict[str, Any], *, about: str, person: Any = None) -> None:
    language = language or settings.LANGUAGE_CODE
    with override(language):
        url = f"{get_admin_base_url() or ''}{reverse('dfs_mou:agreements')}"
        subject = render_to_string(f"dfs_mou/mail/{template}_subject.txt", context)
        body = render_to_string(f"dfs_mou/mail/{template}.txt", {**context, "url": url})
    kind = f"agreement_{template}"
    post.write(kind, email, language, subject=subject, body=body, about=about, person=person)
