"""Why something changed, wherever readers meet the change: its page and history, the feed, and what changed since."""

import csv
import io
from html import escape

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, WorkflowState

from dfs_pages.models import ControlPage, GlossaryTerm
from dfs_workflow import actions
from dfs_workflow.actions.decisions import publish_decided
from dfs_workflow.models import Decision
from dfs_workflow.models.digest import digest

pytestmark = pytest.mark.usefixtures("content")

WORDS = "A law & its rules of 2026 ask for it."
SHOWN = "A law &amp; its rules of 2026 ask for it."
INSIDE = "Ministry pressed us."


def read(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def people(db):
    return [User.objects.create_superuser(name, f"{name}@example.org", "x") for name in ("one", "two", "three")]


@pytest.fixture
def edition(people):
    made = actions.propose_edition(number="2026-1", reason="Adopted.", parts=[], by=people[0], at=timezone.now())
    actions.freeze_edition(edition=made, by=people[1], at=timezone.now())
    return made


def change(page, people, words=WORDS, public_reason=WORDS):
    page = type(page).objects.get(pk=page.pk)
    page.statement = f"{page.statement} {words}"
    page.public_reason = public_reason
    revision = page.save_revision(user=people[0])
    publish_decided(revision=revision, sha256=digest(revision.content), by=people[1], reason=INSIDE)
    return page


def control(language="en"):
    return ControlPage.objects.get(reference="SAF-053", locale__language_code=language)


def test_its_page_and_its_history_say_why(people):
    change(control(), people)
    for url in ("/en/r/SAF-053/", "/en/r/SAF-053/history/"):
        html = read(url)
        assert f"<p>Reason: <span>{SHOWN}</span></p>" in html and INSIDE not in html


def test_the_feed_says_why(people):
    change(control(), people)
    feed = read("/en/feed.atom")
    assert escape(SHOWN) in feed and INSIDE not in feed


def test_what_changed_since_an_edition_says_why_on_the_page_as_files_and_by_the_api(edition, people):
    change(control(), people, "First.", "First reason.")
    change(control(), people, "Second.", "Second reason.")
    html = read("/en/e/changes/?from=2026-1")
    assert "First reason. Second reason." in html and INSIDE not in html
    table = csv.DictReader(io.StringIO(read("/en/e/changes/?from=2026-1&format=csv").lstrip("\ufeff")))
    assert {row["reason"] for row in table} == {"First reason. Second reason."}
    assert "Reason: First reason. Second reason." in read("/en/e/changes/?from=2026-1&format=md")
    (found,) = Client().get("/api/v1/editions/2026-1/changes").json()["changes"]
    assert (found["reason"], found["reason_language"]) == ("First reason. Second reason.", "en")
    made = actions.propose_edition(number="2026-2", reason="Next.", parts=[], by=people[0], at=timezone.now())
    actions.freeze_edition(edition=made, by=people[1], at=timezone.now())
    change(control(), people, "Third.", "Third reason.")
    between = read("/en/e/changes/?from=2026-1&to=2026-2")
    assert "First reason. Second reason." in between and "Third reason." not in between


def test_a_translation_passes_on_the_words_of_its_source_marked_as_english(edition, people):
    change(control(), people)
    change(control("fr"), people, "Un mot.", "")
    marked = f'lang="en" dir="ltr">{SHOWN}'
    for url in ("/fr/r/SAF-053/", "/fr/r/SAF-053/history/", "/fr/e/changes/?from=2026-1"):
        assert marked in read(url), url
    assert escape(f"{marked}</span>", quote=False) in read("/fr/feed.atom")
    change(control("fr"), people, "Encore.", "Faute corrigée.")
    assert "Faute corrigée." in read("/fr/r/SAF-053/history/")
    assert "Faute corrigée." not in read("/en/r/SAF-053/history/")


def test_what_editors_write_beside_the_form_is_frozen_nowhere(people):
    page = control()
    Comment.objects.create(page=page, user=people[0], text=INSIDE, contentpath="statement")
    made = actions.propose_edition(number="2026-1", reason="Adopted.", parts=[], by=people[0], at=timezone.now())
    actions.freeze_edition(edition=made, by=people[1], at=timezone.now())
    change(page, people)
    for url in ("/en/e/2026-1/r/SAF-053/", "/en/e/changes/?from=2026-1", "/api/v1/editions/2026-1/items/SAF-053"):
        assert INSIDE not in read(url), url


@pytest.mark.parametrize("url", ["/en/feed.atom", "/fr/feed.atom", "/en/e/changes/?from=2026-1", "/en/r/SAF-053/"])
def test_as_many_questions_for_many_changes_as_for_one(edition, people, url):
    pages = list(ControlPage.objects.filter(locale__language_code="en", live=True)[:21])
    counts = []
    for group in ([control()], pages):
        for page in group:
            change(page, people)
        read(f"{url}{'&' if '?' in url else '?'}first={len(group)}")
        with CaptureQueriesContext(connection) as asked:
            read(f"{url}{'&' if '?' in url else '?'}then={len(group)}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_term_of_the_glossary_is_asked_too(people):
    term = GlossaryTerm.objects.filter(locale__language_code="en", live=True).first()
    call_command("set_up_platform", stdout=io.StringIO())
    client = Client()
    client.force_login(people[0])
    url = reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])
    assert "What readers are told about this change" in client.get(url).content.decode()
    data = {"term": term.term, "key": term.key, "definition": "Shorter.", "public_reason": WORDS, "action-submit": "1"}
    client.post(url, data, follow=True)
    fresh = GlossaryTerm.objects.get(pk=term.pk)
    state = fresh.current_workflow_task_state
    state.task.specific.on_action(state, people[1], "approve")
    assert Decision.objects.order_by("-pk").first().public_reason == WORDS


@pytest.mark.parametrize(
    ("pressed", "status"),
    [("approve", "approved"), ("cancel-workflow", "cancelled"), ("restart-workflow", "in_progress")],
)
def test_who_decides_about_a_term_on_its_screen_writes_no_version_of_it(people, pressed, status):
    """Wagtail saves one with every form of a snippet, and its author could not approve it any more."""
    writer, reviewer, *_others = people
    term = GlossaryTerm.objects.filter(locale__language_code="en", live=True).first()
    call_command("set_up_platform", stdout=io.StringIO())
    term.definition = "Shorter."
    term.save_revision(user=writer)
    term.get_workflow().start(term, writer)
    if pressed == "restart-workflow":
        state = term.current_workflow_task_state
        state.task.specific.on_action(state, reviewer, "reject", comment="Longer, please.")
    client = Client()
    client.force_login(writer if pressed == "restart-workflow" else reviewer)
    version = GlossaryTerm.objects.get(pk=term.pk).latest_revision
    url = reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])
    soup = BeautifulSoup(client.get(url).content, "html.parser").select_one("form[data-edit-form]")
    data = {row["name"]: row.get("value", "") for row in soup.select("input[name]:not([type=checkbox])")}
    data |= {row["name"]: row.get_text().removeprefix("\n") for row in soup.select("textarea[name]")}
    action = {"action-workflow-action": "1", "workflow-action-name": pressed}
    client.post(url, {**data, **(action if pressed == "approve" else {f"action-{pressed}": "1"})})
    assert GlossaryTerm.objects.get(pk=term.pk).latest_revision == version
    assert WorkflowState.objects.for_instance(term).latest("pk").status == status
