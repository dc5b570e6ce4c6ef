"""Texts are reviewed by a date: editors see what is due and are reminded, readers are told after 60 days."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from dfs_pages.models import ChapterPage, ControlPage
from dfs_pages.query.upkeep import due_reviews
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import update_page

pytestmark = pytest.mark.usefixtures("content")


def due_in(days: int, **values: str) -> ControlPage:
    page = ControlPage.objects.get(reference="SAF-053", locale__language_code="en")
    page.review_by = timezone.now().date() + timedelta(days=days)
    for name, value in values.items():
        setattr(page, name, value)
    with system_publication(reason="test"):
        update_page(page)
    return page


@pytest.mark.parametrize(("days", "told"), [(30, False), (-59, False), (-61, True)])
def test_readers_are_told_60_days_after_the_date(days: int, told: bool):
    due_in(days)
    assert ("was to be reviewed by" in Client().get("/en/r/SAF-053/").content.decode()) is told


def test_without_a_date_it_is_a_year_after_publication():
    page = ControlPage.objects.get(reference="SAF-052", locale__language_code="en")
    assert page.review_due == page.last_published_at.date() + timedelta(days=365)
    assert due_reviews(timezone.now().date()) == []
    assert len(due_reviews(timezone.now().date() + timedelta(days=340))) > 200


def test_editors_see_what_is_due_and_who_looks_after_it(admin_client):
    due_in(-3)
    html = admin_client.get("/admin/dfs-pages/reviews/").content.decode()
    assert "overdue" in html and "Editors" in html and "Verify identity" in html
    due_in(20, looked_after_by="Auditors")
    html = admin_client.get("/admin/dfs-pages/reviews/").content.decode()
    assert "overdue" not in html and "Auditors" in html


def test_the_owner_of_a_chapter_looks_after_all_in_it():
    chapter = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
    chapter.looked_after_by = "SS7 group"
    with system_publication(reason="test"):
        update_page(chapter)
    due = due_reviews(timezone.now().date() + timedelta(days=340))
    assert {row.owner for row in due if row.page.path.startswith(chapter.path)} == {"SS7 group"}
    assert "SS7 group" not in {row.owner for row in due if not row.page.path.startswith(chapter.path)}


def test_the_group_is_reminded_and_nobody_else(django_user_model, mailoutbox, django_capture_on_commit_callbacks):
    auditor = django_user_model.objects.create_user("a", "a@example.org")
    django_user_model.objects.create_user("b", "b@example.org")
    auditor.groups.add(Group.objects.create(name="Auditors"))
    due_in(-3, looked_after_by="Auditors")
    out = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind_of_reviews", "--now", stdout=out)
    assert out.getvalue() == "1 reviews are due, 1 reminders were sent.\n"
    (mail,) = mailoutbox
    assert mail.to == ["a@example.org"] and "1 text is due for review" in mail.subject
    assert "Verify identity" in mail.body and "/admin/dfs-pages/reviews/" in mail.body
