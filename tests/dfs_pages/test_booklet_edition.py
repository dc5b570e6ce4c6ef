"""A booklet of an edition is made of its frozen texts alone, so it stays the same whatever happens to what is live."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from dfs_pages.exporters.booklets.frozen import html_of
from dfs_pages.exporters.booklets.making import booklet_of, subject_of
from dfs_pages.models import RecommendationPage
from dfs_workflow import actions
from dfs_workflow.editions import reading
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Edition
from tests.dfs_workflow.conftest import in_group, person

pytestmark = pytest.mark.usefixtures("content")
AT = datetime(2026, 11, 20, tzinfo=UTC)
PARTS = ["recommendations/sim-swap/", "glossaryterm/i"]


@pytest.fixture
def edition(content: object) -> Edition:
    call_command("set_up_platform", verbosity=0)
    proposer, second = in_group(person("mina"), "Moderators"), in_group(person("rui"), "Reviewers")
    made = actions.propose_edition(number="2026-1", reason="Adopted by all.", parts=PARTS, by=proposer, at=AT)
    return actions.freeze_edition(edition=made, by=second, at=AT)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_booklet_of_an_edition_stays_the_same(edition: Edition, language: str) -> None:
    before = booklet_of(subject_of("e/2026-1", language), language)
    Page.objects.filter(title__startswith="Verify").update(title="Something else", live=False)
    after = booklet_of(subject_of("e/2026-1", language), language)
    assert after.sha256 == before.sha256
    assert edition.number in before.state
    assert before.date == "2026-11-20"
    assert any(edition.sha256 in notice for notice in before.notices)
    statement = next(part for part in before.parts if part.reference == "SIM-MNO-03")
    assert statement.address == f"http://testserver/{language}/e/2026-1/r/SIM-MNO-03/"
    assert statement.statement


def test_abbreviations_are_those_frozen_with_it(edition: Edition) -> None:
    found = dict(booklet_of(subject_of("e/2026-1", "en"), "en").abbreviations)
    assert "IMSI" in found
    assert "USSD" not in found  # a term that is not in this edition


def test_an_edition_says_where_it_can_be_downloaded(edition: Edition, client: Client) -> None:
    assert 'href="/fr/e/2026-1.pdf"' in client.get("/fr/e/2026-1/").content.decode()
    assert client.get("/fr/e/2026-1.pdf", follow=True).status_code == 200


def test_facts_stand_apart_each_with_its_label() -> None:
    def field(*html: str) -> reading.Field:
        return reading.Field("x", "Label", list(html))

    assert html_of(field("one fact")) == "<p><b>Label</b>: one fact</p>"
    assert html_of(field("one", "two")) == "<p><b>Label</b></p><ul><li>one</li><li>two</li></ul>"
    assert html_of(field("<p>Text</p>", "<ul><li>a</li></ul>")) == "<p>Text</p><ul><li>a</li></ul>"
    assert html_of(field("<h3>Head</h3>", "words")) == "<h3>Head</h3><p>words</p>"


def test_what_is_not_translated_stands_where_it_stands_in_the_source(content: object) -> None:
    call_command("set_up_platform", verbosity=0)
    proposer, second = in_group(person("mina"), "Moderators"), in_group(person("rui"), "Reviewers")
    with system_publication(reason="Test"):
        RecommendationPage.objects.get(reference="SIM-MNO-03", locale__language_code="fr").unpublish()
    made = actions.propose_edition(number="2026-2", reason="One chapter.", parts=PARTS, by=proposer, at=AT)
    actions.freeze_edition(edition=made, by=second, at=AT)
    source, translated = (booklet_of(subject_of("e/2026-2", language), language).parts for language in ("en", "fr"))
    assert {part.language for part in translated} == {"", "en"}
    assert [part.reference for part in translated] == [part.reference for part in source]
