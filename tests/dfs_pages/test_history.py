"""What became of a statement, as readers see it: versions side by side, and nobody's name."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from dfs_pages.models import ControlPage
from dfs_workflow.actions.decisions import publish_decided
from dfs_workflow.gate import system_publication
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
    assert "Load of the shipped content" in read("/fr/r/SIM-MNO-03/history/")
