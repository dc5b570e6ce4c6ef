"""Reminders of reviews: to the members of the group that looks after a page, each in their language."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from dfs_pages import conf
from dfs_pages.query.upkeep import Due
from dfs_workflow.notifications.letter import letter


def remind_of_reviews(due: Sequence[Due]) -> int:
    """One mail for each person, however many groups they are in; how many were sent."""
    groups = {row.owner or conf.DEFAULT_OWNER for row in due}
    people = get_user_model()._default_manager.filter(is_active=True, groups__name__in=groups).exclude(email="")
    messages = [message(person, due) for person in people.distinct().prefetch_related("groups")]
    return sum(mail.send() for mail in messages)


def message(person: Any, due: Sequence[Due]) -> EmailMessage:
    own = {group.name for group in person.groups.all()}
    rows = [row for row in due if (row.owner or conf.DEFAULT_OWNER) in own]
    with override(UserProfile.get_for_user(person).preferred_language or settings.LANGUAGE_CODE):
        url = f"{get_admin_base_url() or ''}{reverse('dfs_pages_reviews')}"
        context = {"person": person, "rows": rows[: conf.REMINDER_LISTS], "number": len(rows), "url": url}
        subject = render_to_string("dfs_pages/mail/reviews_due_subject.txt", context)
        return letter(subject, render_to_string("dfs_pages/mail/reviews_due.txt", context), person.email)
