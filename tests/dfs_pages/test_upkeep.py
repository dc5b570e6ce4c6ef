"""Texts are reviewed by a date: editors see what is due and are reminded, readers are told after 60 days."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import Page

from dfs_pages.models import CataloguePage, ChapterPage, ControlPage, RecommendationPage, ThreatPage
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


@pytest.mark.parametrize(("days", "told"), [(-59, False), (-61, True)])
def test_readers_of_a_translation_are_told_of_its_source(days: int, told: bool):
    due_in(days)
    html = Client().get("/fr/r/SAF-053/").content.decode()
    assert html.count('class="call call-warn mb" role="note"') == 1 + told  # with that of a draft translation
    with override("fr"):
        badge = gettext("Review overdue")
    assert Client().get("/fr/r/SAF-T10/").content.decode().count(badge) == int(told)


def test_readers_are_told_where_the_text_stands_in_a_longer_one():
    due_in(-61)
    html = Client().get("/en/r/SAF-T10/").content.decode()
    assert html.count("Review overdue") == 1
    assert "Review overdue" in html.split('id="SAF-053"')[1].split("</article>")[0]


@pytest.mark.parametrize("model", [ChapterPage, RecommendationPage, CataloguePage, ThreatPage, ControlPage])
def test_editors_choose_a_group_and_a_date(model: type[Page], admin_client):
    page = model.objects.filter(locale__language_code="en").first()
    html = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    chooser = re.search(r'<select name="looked_after_by".*?</select>', html, re.DOTALL)[0]
    groups = Group.objects.order_by("name").values_list("name", flat=True)
    assert re.findall(r'<option value="([^"]*)"', chooser) == ["", *groups]
    assert 'name="review_by"' in html and 'name="owner"' not in html


def test_a_group_that_is_gone_stays_in_the_form_and_editors_are_reminded_instead(
    admin_client, django_user_model, mailoutbox, django_capture_on_commit_callbacks
):
    page = due_in(-3, looked_after_by="Nobody's")
    html = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert '<option value="Nobody&#x27;s" selected>' in html
    editor = django_user_model.objects.create_user("a", "a@example.org")
    editor.groups.add(Group.objects.get_or_create(name="Editors")[0])
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind_of_reviews", "--now", stdout=StringIO())
    assert [mail.to for mail in mailoutbox] == [["a@example.org"]]


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
