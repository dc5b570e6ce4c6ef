"""A chapter with all its changed statements: submitted, reviewed and published as one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from dfs_workflow import actions
from dfs_workflow.models import Bundle, BundleItem, Decision, PublicationRefused
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import as_user, live_pages
from tests.dfs_workflow.test_review import text_of
from tests.dfs_workflow.test_translation_schedule import run_scheduler
from tests.dfs_workflow.world import make_term
from tests.testapp.models import GovernedPage, GovernedStatement, GovernedTerm


def draft(page, user, text="New words"):
    page = type(page).objects.get(pk=page.pk)
    page.text = text
    page.save_revision(user=user)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def changed(chapter, editor):
    return [draft(page, editor) for page in [chapter, *GovernedStatement.objects.child_of(chapter)]]


@pytest.fixture
def bundle(changed, editor):
    return actions.submit_bundle(title="Chapter", objects=changed, by=editor)


def review_url(bundle):
    return reverse("wagtailsnippets_dfs_workflow_bundle:edit", args=[bundle.pk])


class Clicks:
    """A person at the admin; each link followed and each button pressed counts."""

    def __init__(self, user):
        self.client, self.count = as_user(user), 0

    def open(self, url):
        self.count += 1
        self.html = self.client.get(url, follow=True).content.decode()
        return self.html

    def save(self, url, **data):
        self.count += 1
        form = querydict_from_html(self.html, form_id="page-edit-form").dict()
        self.html = self.client.post(url, form | data, follow=True).content.decode()
        return self.html


def link(html, start):
    """An address that the page really offers."""
    assert f'href="{start}' in html, start
    return start


def test_one_word_in_ten_statements_takes_at_most_25_clicks(home, roles, editor, reviewer):
    specs = [(GovernedStatement(title=f"S{n}", slug=f"n{n}", reference=f"N-{n}", text="Old"), []) for n in range(10)]
    top, *statements = live_pages(home, (GovernedPage(title="Ten", slug="ten"), specs))
    writer = Clicks(editor)
    html = writer.client.get(reverse("wagtailadmin_explore", args=[top.pk])).content.decode()
    for statement in statements:
        url = link(html, reverse("wagtailadmin_pages:edit", args=[statement.pk]))
        writer.open(url)
        html = writer.save(url, text="New")
    url = link(html, reverse("dfs_workflow_submit_bundle", args=[top.pk]))
    assert "S9" in writer.open(url)
    press_submit(writer, url)
    second = Clicks(reviewer)
    start = second.client.get(reverse("wagtailadmin_home")).content.decode()
    url = link(start, review_url(Bundle.objects.get()))
    second.open(url)
    press_decision(second, url, "approve")
    assert {text_of(statement) for statement in statements} == {"New"}
    assert writer.count + second.count <= 25


def press_submit(person, url):
    person.count += 1
    return person.client.post(url, {"title": "Ten", "reason": ""}, follow=True)


def press_decision(person, url, decision):
    assert f'value="{decision}"' in person.html
    person.count += 1
    return person.client.post(url, {"decision": decision, "comment": ""}, follow=True)


def test_all_of_it_goes_live_at_once(changed, editor, reviewer):
    bundle = actions.submit_bundle(title="Chapter", objects=changed, by=editor)
    client = as_user(reviewer)
    page = client.get(review_url(bundle)).content.decode()
    assert page.count("deletion") >= 4  # each item shows its change, word by word
    assert 'href="/admin/pages/' in page
    client.post(review_url(bundle), {"decision": "approve", "comment": "Fine"})
    assert {text_of(page) for page in changed} == {"New words"}
    assert Decision.objects.filter(kind="review", by=reviewer, reason="Fine").count() == 4
    assert Bundle.objects.get().closed_at is not None
    assert not list(findings())
    assert "has ended" in client.get(review_url(bundle)).content.decode()


def test_the_one_who_submitted_and_the_ones_who_wrote_do_not_decide(chapter, editor, moderator, reviewer):
    mine = draft(chapter, reviewer)
    bundle = actions.submit_bundle(title="Chapter", objects=[mine], by=moderator)
    for person in (reviewer, moderator, editor):
        html = as_user(person).get(review_url(bundle)).content.decode()
        assert 'value="approve"' not in html
        as_user(person).post(review_url(bundle), {"decision": "approve"})
        with pytest.raises(PublicationRefused):
            actions.decide_bundle(bundle=bundle, by=person, approve=True)
    assert text_of(chapter) == "Intro"


def test_what_is_listed_stands_still(bundle, changed, editor, root_user):
    page = changed[1]
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = as_user(root_user).get(url).content.decode()
    assert "which is under review" in html
    response = as_user(root_user).post(url, {"title": "X", "slug": "x", "text": "Slipped in"}, follow=True)
    assert "could not be saved as it is locked" in response.content.decode()
    with pytest.raises(PublicationRefused, match="under review"):
        page.get_workflow().start(page, editor)
    with pytest.raises(PublicationRefused, match="under review"):
        actions.submit_bundle(title="Again", objects=[page], by=editor)
    with pytest.raises(PublicationRefused, match="under review"):
        type(page).objects.get(pk=page.pk).delete()


def test_a_change_behind_its_back_stops_all_of_it(bundle, changed, editor, reviewer):
    draft(changed[2], editor, "Slipped in")
    response = as_user(reviewer).post(review_url(bundle), {"decision": "approve"}, follow=True)
    assert "changed after it was submitted" in response.content.decode()
    assert {text_of(page) for page in changed} == {"Intro", "Old words"}
    assert not Decision.objects.filter(kind="review").exists()
    assert bundle.current_workflow_state.status == "in_progress"


def dated(page, at, user):
    row = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    row.go_live_at = at
    row.save_revision(user=user)
    return type(page).objects.get(pk=page.pk)


def test_what_would_go_live_on_different_days_is_no_bundle(changed, editor, reviewer):
    at = timezone.now() + timedelta(days=2)
    pages = [dated(changed[0], None, editor), *(dated(page, at, editor) for page in changed[1:])]
    with pytest.raises(PublicationRefused, match="the same date, or none"):
        actions.submit_bundle(title="Chapter", objects=pages, by=editor)
    pages[0] = dated(changed[0], at, editor)
    bundle = actions.submit_bundle(title="Chapter", objects=pages, by=editor)
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    assert "New words" not in {text_of(page) for page in changed}
    run_scheduler(days=9)
    assert {text_of(page) for page in changed} == {"New words"}


def test_what_is_returned_can_be_edited_and_submitted_again(bundle, changed, editor, reviewer):
    as_user(reviewer).post(review_url(bundle), {"decision": "reject", "comment": "Not yet"})
    assert not BundleItem.open_for(changed[0]).exists()
    again = actions.submit_bundle(title="Again", objects=changed, by=editor)
    actions.decide_bundle(bundle=again, by=reviewer, approve=True)
    assert {text_of(page) for page in changed} == {"New words"}


def test_cancelling_unlocks(bundle, changed, editor):
    bundle.current_workflow_state.cancel(user=editor)
    assert changed[0].get_lock() is None
    assert Bundle.objects.get().closed_at is not None


def test_parents_go_first_and_terms_come_along(home, english, editor, reviewer):
    draft_top = live_pages(home, (GovernedPage(title="New", slug="new", live=False), []))[0]
    below = draft_top.add_child(instance=GovernedPage(title="Below", slug="below", text="x"))
    term = make_term(english)
    term.meaning = "New words"
    term.save_revision(user=editor)
    objects = [draft(below, editor), draft(draft_top, editor), GovernedTerm.objects.get(pk=term.pk)]
    bundle = actions.submit_bundle(title="New", objects=objects, by=editor)
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    top, below = GovernedPage.objects.get(slug="new"), GovernedPage.objects.get(slug="below")
    assert (top.live, below.live, GovernedTerm.objects.get().meaning) == (True, True, "New words")
    assert top.live_revision.pk and Decision.objects.filter(kind="review").count() == 3


def test_the_confirmation_says_what_is_left_out(changed, editor, reviewer):
    busy = changed[1]
    busy.get_workflow().start(busy, editor)
    html = as_user(editor).get(reverse("dfs_workflow_submit_bundle", args=[changed[0].pk])).content.decode()
    assert html.index("Not included") < html.index(busy.title)
    assert as_user(reviewer).get(reverse("dfs_workflow_submit_bundle", args=[changed[0].pk])).status_code == 302


def test_nothing_changed_is_nothing_to_submit(chapter, editor):
    html = as_user(editor).get(reverse("dfs_workflow_submit_bundle", args=[chapter.pk])).content.decode()
    assert "Nothing here has changes" in html
    with pytest.raises(PublicationRefused):
        actions.submit_bundle(title="Empty", objects=[], by=editor)
    with pytest.raises(PublicationRefused, match="no changes"):
        actions.submit_bundle(title="Same", objects=[chapter], by=editor)


def questions(client, url):
    client.get(url)  # warms what is asked only once
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def test_locks_cost_the_explorer_nothing_more_when_a_bundle_is_open(chapter, changed, editor):
    client, url = as_user(editor), reverse("wagtailadmin_explore", args=[chapter.pk])
    before = questions(client, url)
    actions.submit_bundle(title="Chapter", objects=changed, by=editor)
    assert questions(client, url) <= before


def test_the_review_screen_asks_the_same_for_each_item(changed, editor, reviewer):
    client = as_user(reviewer)
    one = actions.submit_bundle(title="One", objects=changed[:1], by=editor)
    first = questions(client, review_url(one))
    actions.decide_bundle(bundle=one, by=reviewer, approve=False)
    all_of_it = actions.submit_bundle(title="All", objects=changed, by=editor)
    assert questions(client, review_url(all_of_it)) <= first + 3 * 25


def test_a_dry_run_says_whether_it_would_go_live_and_changes_nothing(
    bundle, changed, editor, reviewer, mailoutbox, django_capture_on_commit_callbacks
):
    def tried(person):
        return as_user(person).post(review_url(bundle), {"decision": "rehearse"}, follow=True).content.decode()

    before = everything()
    with django_capture_on_commit_callbacks(execute=True) as left:
        assert "all of it could go live now" in tried(reviewer)
    assert everything() == before and not left and not mailoutbox
    assert "could go live now" not in tried(editor)
    draft(changed[2], editor, "Slipped in")
    before = everything()
    html = tried(reviewer)
    assert "It could not go live now" in html and "changed after it was submitted" in html
    assert everything() == before
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=False, comment="Again")
    fresh = [type(page).objects.get(pk=page.pk) for page in changed]
    again = actions.submit_bundle(title="Again", objects=fresh, by=editor)
    actions.decide_bundle(bundle=again, by=reviewer, approve=True)
    assert text_of(changed[2]) == "Slipped in"


def everything():
    """Of what a publication writes; sessions and their messages aside."""
    models = (Page, GovernedPage, GovernedStatement, Revision, Decision, Bundle, TaskState, WorkflowState, PageLogEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]
