"""Mails to those who look after texts, each in their language: reviews that are due, links that lead nowhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from dfs_pages import conf
from dfs_pages.models import BrokenLink
from dfs_pages.query.faults import sentence
from dfs_pages.query.upkeep import Due
from dfs_workflow.notifications import post


def remind_of_reviews(due: Sequence[Due], today: date) -> int:
    """One mail for each person on a day, however many groups they are in; how many were written. What belongs to a
    group that nobody is in, or that is gone, is the default owner's."""
    people = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    known = set(people.values_list("groups__name", flat=True))
    due = [row if row.owner in known else replace(row, owner=conf.DEFAULT_OWNER) for row in due]
    found = people.filter(groups__name__in={row.owner for row in due}).distinct().prefetch_related("groups")
    return sum(remind(person, due, today) for person in found)


def tell_of_broken_links(rows: Sequence[BrokenLink], today: date) -> int:
    people = get_user_model()._default_manager.filter(is_active=True, groups__name=conf.DEFAULT_OWNER)
    return sum(tell(person, rows, today) for person in people.exclude(email="").distinct())


def tell(person: Any, rows: Sequence[BrokenLink], today: date) -> bool:
    language = UserProfile.get_for_user(person).preferred_language or settings.LANGUAGE_CODE
    with override(language):
        url = f"{get_admin_base_url() or ''}{reverse('dfs_pages_links')}"
        lines = [(row.page.title, sentence(row.reason, row.words, row.target)) for row in rows[: conf.REMINDER_LISTS]]
        context = {"lines": lines, "number": len(rows), "url": url}
        subject = render_to_string("dfs_pages/mail/broken_links_subject.txt", context)
        body = render_to_string("dfs_pages/mail/broken_links.txt", context)
    about = f"{today.isoformat()} {max(row.pk for row in rows)}"
    return post.write("broken_links", person.email, language, subject=subject, body=body, about=about, person=person)


def remind(person: Any, due: Sequence[Due], today: date) -> bool:
    own = {group.name for group in person.groups.all()}
    rows = [row for row in due if row.owner in own]
    language = UserProfile.get_for_user(person).preferred_language or settings.LANGUAGE_CODE
    with override(language):
        url = f"{get_admin_base_url() or ''}{reverse('dfs_pages_reviews')}"
        context = {"person": person, "rows": rows[: conf.REMINDER_LISTS], "number": len(rows), "url": url}
        subject = render_to_string("dfs_pages/mail/reviews_due_subject.txt", context)
        body = render_to_string("dfs_pages/mail/reviews_due.txt", context)
    about = today.isoformat()
    return post.write("reviews_due", person.email, language, subject=subject, body=body, about=about, person=person)
