"""What readers are told about a change: asked for with it, seen by who approves it, and never what reviewers wrote."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.actions.history import seal_history
from dfs_workflow.models import Bundle, Decision, HistoryEntry, PermanentReference
from dfs_workflow.reports import timeline
from dfs_workflow.reports.history import broken_links
from dfs_workflow.told import told
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.proposing import accepted, act, applied, approve, proposed
from tests.dfs_workflow.test_bundle import draft, review_url
from tests.dfs_workflow.test_review import decide, edit, submit
from tests.dfs_workflow.translating import live_translation
from tests.testapp.models import GovernedPage, GovernedStatement

pytestmark = pytest.mark.django_db

LABEL = "What readers are told about this change"
WORDS = "The law of 2026 asks for it."
INSIDE = "Ministry pressed us."


def newest():
    return Decision.objects.order_by("-pk").first()


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_words_for_readers_go_with_the_version_and_its_decision(statement, editor, reviewer):
    html = as_user(editor).get(edit_url(statement)).content.decode()
    assert html.count(LABEL) == html.count('name="public_reason"') == 1
    edit(
        editor, statement, "New words", public_reason=f"The law\r\nof 2026 {' '} asks for it.", **{"action-submit": "1"}
    )
    assert WORDS in as_user(reviewer).get(edit_url(statement)).content.decode()
    state = statement.current_workflow_task_state
    modal = reverse("wagtailadmin_pages:workflow_action", args=[statement.pk, "approve", state.pk])
    assert WORDS in as_user(reviewer).get(modal).json()["html"]
    decide(reviewer, statement, "approve", comment=INSIDE)
    assert (newest().public_reason, newest().reason) == (WORDS, INSIDE)
    assert WORDS not in as_user(editor).get(edit_url(statement)).content.decode()


def test_who_approves_reads_them_in_the_mail_and_in_the_window_before(
    statement, editor, reviewer, django_capture_on_commit_callbacks
):
    words = {"public_reason": WORDS, "action-submit": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        edit(editor, statement, "New words", **words)
    assert f"{LABEL}: {WORDS}" in next(each.body for each in mail.outbox if each.to == [reviewer.email])
    page = GovernedStatement.objects.get(pk=statement.pk)
    actions_offered = page.current_workflow_task.get_actions(page, reviewer)
    assert [(name, asks_first) for name, _label, asks_first in actions_offered] == [("reject", True), ("approve", True)]


def test_a_draft_keeps_them_until_it_is_submitted(statement, editor, moderator, reviewer):
    edit(editor, statement, "First words", public_reason=WORDS)
    assert WORDS in as_user(moderator).get(edit_url(statement)).content.decode()
    submit(moderator, statement, "Second words")
    decide(reviewer, statement, "approve")
    assert newest().public_reason == WORDS


def test_too_much_is_refused_and_nothing_is_lost(statement, editor):
    html = edit(editor, statement, "New words", public_reason="long " * 101).content.decode()
    assert "at most 500 characters" in html and "long long" in html and "New words" in html


def test_nothing_is_asked_before_readers_know_it(chapter, editor):
    new = chapter.add_child(instance=GovernedPage(title="New", slug="new", live=False))
    assert LABEL not in as_user(editor).get(edit_url(new)).content.decode()
    url = reverse("dfs_workflow_submit_bundle", args=[new.pk])
    assert LABEL not in as_user(editor).get(url).content.decode()


def test_a_bundle_tells_it_of_each_that_has_no_words_of_its_own(chapter, editor, reviewer):
    edit(editor, GovernedPage.objects.get(pk=chapter.pk), "Own", public_reason="Of the chapter alone.")
    first, second, _third = GovernedStatement.objects.child_of(chapter)
    draft(first, editor)
    draft(second, editor)
    url = reverse("dfs_workflow_submit_bundle", args=[chapter.pk])
    assert LABEL in as_user(editor).get(url).content.decode()
    as_user(editor).post(url, {"title": "All", "reason": INSIDE, "public_reason": WORDS})
    bundle = Bundle.objects.get()
    html = as_user(reviewer).get(review_url(bundle)).content.decode()
    assert html.count(WORDS) == 2 and html.count("Of the chapter alone.") == 1
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    found = Decision.objects.filter(kind="review", object_id__in=[first.pk, second.pk, chapter.pk])
    assert sorted(row.public_reason for row in found) == ["Of the chapter alone.", WORDS, WORDS]


def test_the_words_of_a_proposer_are_public_only_where_somebody_submits_them(
    awa_client, rules, moderator, reviewer, editor
):
    first = proposed(awa_client, rules, "body.b1", "Operators answer within 12 hours.", reason="Awa's own reason.")
    accepted(moderator, first)
    assert "Awa&#x27;s own reason.</textarea>" in act_page(moderator, first)
    applied(moderator, first)
    approve(reviewer, GovernedPage.objects.get(pk=rules.pk))
    assert newest().public_reason == ""
    second = proposed(awa_client, rules, "body.b2", "Logs are kept for a year.", reason="Another one.")
    accepted(moderator, second)
    assert act(moderator, second, "apply_proposal", public_reason=WORDS).status_code == 302
    approve(reviewer, GovernedPage.objects.get(pk=rules.pk))
    assert newest().public_reason == WORDS


def act_page(user, proposal):
    return as_user(user).get(reverse("dfs_workflow:proposal", args=[proposal.number])).content.decode()


def test_a_withdrawal_tells_what_was_asked_for_readers(statement, moderator, reviewer):
    url = reverse("dfs_workflow_ask_change", args=[statement.pk, "withdraw"])
    as_user(moderator).post(url, {"reason": WORDS})
    actions.decide_bundle(bundle=Bundle.objects.get(), by=reviewer, approve=True, comment=INSIDE)
    assert newest().public_reason == WORDS and INSIDE in newest().reason
    assert PermanentReference.objects.get(pk=statement.reference).withdrawal_reason == WORDS


def test_a_move_has_a_reason_for_the_record_and_words_for_readers(home, statement, moderator, reviewer):
    (target,) = [home.add_child(instance=GovernedPage(title="Other", slug="other", live=False))]
    url = reverse("dfs_workflow_ask_change", args=[statement.pk, "move"])
    as_user(moderator).post(url, {"reason": INSIDE, "parent": target.pk, "public_reason": WORDS})
    actions.decide_bundle(bundle=Bundle.objects.get(), by=reviewer, approve=True)
    assert (newest().kind, newest().public_reason) == ("move", WORDS)


def test_an_emergency_tells_it_too(statement, moderator):
    edit(moderator, statement, "Now", public_reason=WORDS)
    statement = GovernedStatement.objects.get(pk=statement.pk)
    moderator.is_superuser = True
    moderator.save()
    url = reverse("dfs_workflow_publish_alone", args=[statement.pk])
    assert WORDS in as_user(moderator).get(url).content.decode()
    as_user(moderator).post(url, {"reason": INSIDE, "public_reason": "Other words."})
    assert (newest().kind, newest().public_reason) == ("override", "Other words.")


def test_a_translation_tells_what_its_source_told_until_it_has_words(statement, editor, reviewer, root_user):
    french = live_translation(statement, root_user, "Mots")
    edit(editor, statement, "New words", public_reason=WORDS, **{"action-submit": "1"})
    decide(reviewer, statement, "approve")
    row = french.get_target_instance()
    rows = list(Decision.about_life_of(row))
    keys = {str(row.pk): row.translation_key}
    assert told(rows, keys, "fr") == {}  # it doesn't say so yet
    later = Decision.about(row, kind="review", by=reviewer, reason=INSIDE, revision=row.live_revision)
    later.at = timezone.now()
    later.save()
    (said,) = told(Decision.about_life_of(row), keys, "fr").values()
    assert (said.text, said.language) == (WORDS, "en")


def test_the_history_seals_them_and_old_entries_hold(statement, editor, reviewer):
    seal_history()
    edit(editor, statement, "New words", public_reason=WORDS, **{"action-submit": "1"})
    decide(reviewer, statement, "approve", comment=INSIDE)
    seal_history()
    assert list(broken_links()) == []
    entry = HistoryEntry.objects.get(source=f"dfs_workflow.Decision:{newest().pk}")
    (line,) = timeline.lines([entry])
    assert line.why == f"{INSIDE}\nReaders are told: {WORDS}"
    Decision.objects.filter(pk=newest().pk).update(public_reason="Forged.")
    assert [each for each in broken_links() if "was altered" in each]
