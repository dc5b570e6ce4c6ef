"""What became of a statement, as readers see it: versions side by side, and nobody's name."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Revision

from dfs_pages.models import ControlPage, RecommendationPage
from dfs_workflow.actions import take_back_schedule
from dfs_workflow.actions.decisions import publish_decided
from dfs_workflow.gate import system_publication
from dfs_workflow.models import PermanentReference, PublicationRefused
from dfs_workflow.models.digest import digest

pytestmark = pytest.mark.usefixtures("content")


def read(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def changed(django_user_model):
    """SAF-053 with new words, written by one person and approved by another."""
    writer = django_user_model.objects.create_user("writer-name")
    reviewer = django_user_model.objects.create_user("reviewer-name")
    page = ControlPage.objects.get(reference="SAF-053", locale__language_code="en")
    page.statement = page.statement.replace("Verify identity", "Operators must verify identity")
    page.missing = "a note that only editors see"
    revision = page.save_revision(user=writer)
    publish_decided(revision=revision, sha256=digest(revision.content), by=reviewer, reason="an internal remark")
    return page


def test_versions_stand_side_by_side_with_their_normative_words(changed):
    html = read("/en/r/SAF-053/history/")
    assert html.index("Published after review by a second person") < html.index("Load of the shipped content")
    assert '<div class="pair">' in html and "Operators must" in html
    assert "Normative words changed." in html and '<q lang="en">must</q>' in html


def test_a_list_is_compared_item_by_item_in_words(django_user_model):
    """The editor writes the same words with other signs for a quotation mark, which readers never see."""
    page = RecommendationPage.objects.get(reference="SIM-MNO-04", locale__language_code="en")
    shipped = json.dumps(list(page.detail.raw_data))
    assert "framework&#x27;s" in shipped
    page.detail = json.loads(shipped.replace("framework&#x27;s", "framework's").replace("date of birth", "birthday"))
    revision = page.save_revision(user=django_user_model.objects.create_user("writer"))
    second = django_user_model.objects.create_user("second")
    publish_decided(revision=revision, sha256=digest(revision.content), by=second, reason="")
    html = read("/en/r/SIM-MNO-04/history/")
    newest = html[html.index('<p class="diff">') :].split("</p>")[0]
    assert newest.count("<del") == 1 and "birthday" in newest and "Numbers changed" not in html
    assert ".\nAccount details" in re.sub(r"<[^>]*>", "", newest)


def test_nothing_internal_is_told(changed):
    html = read("/en/r/SAF-053/history/") + read("/en/r/SAF-053/")
    for secret in ("writer-name", "reviewer-name", "an internal remark", "a note that only editors see"):
        assert secret not in html


def test_a_draft_is_no_version(changed):
    page = ControlPage.objects.get(pk=changed.pk)
    page.statement = "Words that nobody approved"
    page.save_revision()
    assert "Words that nobody approved" not in read("/en/r/SAF-053/history/")


def test_a_statement_names_its_last_versions(changed):
    html = read("/en/r/SAF-053/")
    assert html.count("Published after review by a second person") == 1
    assert 'href="/en/r/SAF-053/history/"' in html


def test_what_is_not_public_has_no_history(changed):
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=changed, restriction_type="login")
    assert Client().get("/en/r/SAF-053/history/").status_code == 404
    assert Client().get("/en/r/NEVER-1/history/").status_code == 404


def test_it_is_that_of_the_language_read(changed):
    for page in (read("/fr/r/SIM-MNO-03/history/"), read("/fr/r/SIM-MNO-03/"), read("/fr/feed.atom")):
        assert "Chargement du contenu livré" in page and "Load of the shipped content" not in page


@pytest.fixture
def withdrawn(changed):
    """With a later draft, which nobody has decided."""
    with system_publication(reason="It was merged"):
        for row in ControlPage.objects.filter(reference="SAF-053", live=True):
            row.unpublish()
    PermanentReference.objects.filter(pk="SAF-053").update(withdrawal_reason="It was *merged*.", successor="SAF-052")
    page = ControlPage.objects.get(pk=changed.pk)
    page.title, page.statement = "A draft title", "Words that nobody approved"
    page.save()
    page.save_revision()
    return page


def test_what_was_withdrawn_keeps_its_history(withdrawn):
    assert 'href="/en/r/SAF-053/history/"' in read("/en/r/SAF-053/")
    html = read("/en/r/SAF-053/history/")
    assert "Withdrawn, decided by two people." in html and "Operators must" in html
    for secret in ("an internal remark", "A draft title", "Words that nobody approved"):
        assert secret not in html
    assert "Retirée" in read("/fr/r/SAF-053/history/") or "Retir" in read("/fr/r/SAF-053/history/")


def test_what_was_withdrawn_has_its_markdown(withdrawn):
    asked = Client().get("/en/r/SAF-053/", headers={"accept": "text/markdown"})
    for text in (read("/en/r/SAF-053.md"), asked.content.decode()):
        assert text.startswith("# SAF-053 was withdrawn\n") and "**Reason:** It was \\*merged\\*." in text
        assert "/en/r/SAF-052/)" in text and "> Operators must verify identity" in text
        assert "nobody approved" not in text
    assert asked["Content-Type"].startswith("text/markdown") and "Accept" in asked["Vary"]
    assert "<!doctype html>" in read("/en/r/SAF-053/")


def test_hidden_words_are_in_neither(withdrawn):
    PermanentReference.objects.filter(pk="SAF-053").update(hides_words=True)
    html, text = read("/en/r/SAF-053/history/"), read("/en/r/SAF-053.md")
    assert "Withdrawn, decided by two people." in html
    for words in (html, text):
        assert "verify identity" not in words.lower() and "A draft title" not in words


def test_what_was_withdrawn_and_is_not_public_has_neither(withdrawn):
    with system_publication(reason="test"):
        for row in ControlPage.objects.filter(reference="SAF-053"):
            PageViewRestriction.objects.create(page=row, restriction_type="login")
    assert Client().get("/en/r/SAF-053/history/").status_code == 404
    assert "Verify identity" not in read("/en/r/SAF-053.md")


def test_a_version_that_waits_for_its_date_is_unknown_to_readers(changed, django_user_model):
    writer = django_user_model.objects.create_user("second-writer")
    reviewer = django_user_model.objects.create_user("second-reviewer")
    page = ControlPage.objects.get(pk=changed.pk)
    page.statement, page.go_live_at = "Words of next week", timezone.now() + timedelta(days=7)
    revision = page.save_revision(user=writer)
    publish_decided(revision=revision, sha256=digest(revision.content), by=reviewer, reason="")
    page = ControlPage.objects.get(pk=page.pk)
    addresses = ("/en/r/SAF-053/history/", "/en/r/SAF-053/", "/en/feed.atom")
    before = [read(address) for address in addresses]
    assert page.scheduled_revision and "Words of next week" not in "".join(before)
    assert before[1].count("Published after review by a second person") == 1
    take_back_schedule(by=reviewer, instance=page)
    assert "Words of next week" not in read("/en/r/SAF-053/history/")
    with pytest.raises(PublicationRefused):
        Revision.objects.get(pk=revision.pk).publish()


def test_new_words_of_a_private_source_are_not_shown_beside_a_translation(changed):
    beside = "Operators must verify identity"
    assert beside in read("/fr/r/SAF-053/")
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=changed, restriction_type="login")
    assert beside not in read("/fr/r/SAF-053/")
