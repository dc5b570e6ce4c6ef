"""Quorum, legal sign-off and fact check: what each asks for, on one version."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import querydict_from_html

from dfs_workflow import actions
from dfs_workflow.models import (
    Bundle,
    FactCheck,
    FactCheckTask,
    HistoryEntry,
    LegalSignOffTask,
    PublicationRefused,
    QuorumTask,
    Vote,
)
from dfs_workflow.notifications.reviews import deciders
from dfs_workflow.reports import timeline
from dfs_workflow.reports.desk import desk_of
from tests.dfs_workflow.conftest import as_user, in_group, person
from tests.dfs_workflow.people import member, organisation
from tests.testapp.models import GovernedStatement


def use(statement, kind, **fields):
    """The default review asks for this kind instead."""
    task = kind.objects.create(name=kind.__name__, **fields)
    task.groups.set(Group.objects.filter(name="Reviewers"))
    step = WorkflowTask.objects.get(workflow=statement.get_workflow())
    step.task = task
    step.save()
    return task


def submit(statement, editor, words="New words"):
    page = GovernedStatement.objects.get(pk=statement.pk)
    page.text = words
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return page


def approve(page, user, comment=""):
    state = GovernedStatement.objects.get(pk=page.pk).current_workflow_task_state
    with transaction.atomic():
        state.task.specific.on_action(state, user, "approve", comment=comment)


def text_of(page):
    return GovernedStatement.objects.get(pk=page.pk).text


@pytest.fixture
def voters(roles):
    names = {"awa": "anrc", "ben": "anrc", "cleo": "rival", "dan": "third"}
    own = {key: organisation(key) for key in set(names.values())}
    return {name: in_group(member(name, own[key]), "Reviewers") for name, key in names.items()}


def test_several_people_of_one_organisation_count_once(statement, editor, voters):
    use(statement, QuorumTask, votes_needed=2)
    page = submit(statement, editor)
    approve(page, voters["awa"])
    approve(page, voters["ben"])
    assert text_of(page) == "Old words"
    approve(page, voters["cleo"], "Fits our law.")
    assert text_of(page) == "New words"
    assert [vote.comment for vote in Vote.objects.all()] == ["", "", "Fits our law."]


def test_who_speaks_for_no_organisation_has_no_vote(statement, editor, reviewer):
    use(statement, QuorumTask, votes_needed=2)
    page = submit(statement, editor)
    with pytest.raises(PublicationRefused, match="speaks for an organisation"):
        approve(page, reviewer)


def test_votes_belong_to_one_version(statement, editor, voters):
    use(statement, QuorumTask, votes_needed=2)
    page = submit(statement, editor)
    approve(page, voters["awa"])
    state = GovernedStatement.objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, voters["cleo"], "reject", comment="Not like this")
    GovernedStatement.objects.get(pk=page.pk).current_workflow_state.cancel(user=editor)
    submit(statement, editor, "Other words")
    approve(page, voters["cleo"])
    assert text_of(page) == "Old words"
    approve(page, voters["dan"])
    assert text_of(page) == "Other words"


def test_an_author_has_no_vote_in_a_quorum(statement, editor, voters):
    use(statement, QuorumTask, votes_needed=2)
    page = submit(statement, voters["awa"])
    with pytest.raises(PublicationRefused, match="somebody else has to decide"):
        approve(page, voters["awa"])


def test_a_lawyer_says_on_what_the_opinion_rests(statement, editor, reviewer):
    use(statement, LegalSignOffTask)
    page = submit(statement, editor)
    with pytest.raises(PublicationRefused, match="legal opinion rests"):
        approve(page, reviewer)
    approve(page, reviewer, "Telecommunications Act, section 12.")
    assert text_of(page) == "New words"


@pytest.fixture
def asked(statement, editor, reviewer, django_capture_on_commit_callbacks):
    use(statement, FactCheckTask)
    page = submit(statement, editor)
    state = GovernedStatement.objects.get(pk=page.pk).current_workflow_task_state
    answers = {"name": "Dr. Diallo", "email": "diallo@example.org", "language": "en", "question": "Is 24 hours usual?"}
    with django_capture_on_commit_callbacks(execute=True):
        response = as_user(reviewer).post(f"/admin/dfs-workflow/fact-check/{state.pk}/", answers)
    assert response.status_code == 302
    (letter,) = [each for each in mail.outbox if each.to == ["diallo@example.org"]]
    assert "Is 24 hours usual?" in letter.body
    return page, re.search(r"http\S+(/en/fact-check/\S+)", letter.body)[1]


def test_an_expert_reads_and_confirms_without_an_account(asked, reviewer):
    page, address = asked
    with pytest.raises(PublicationRefused, match="No outside expert"):
        approve(page, reviewer)
    client = Client()
    shown = client.get(address)
    assert (shown.status_code, shown["Referrer-Policy"]) == (200, "same-origin")
    assert "no-store" in shown["Cache-Control"]
    assert "New words" in client.get(f"{address}1/").content.decode()
    assert not FactCheck.objects.get().answered_at
    assert client.post(address, {"verdict": "confirmed", "answer": "Yes."}).status_code == 200
    assert client.get(address).status_code == 409
    assert client.get(f"{address}1/").status_code == 409
    approve(page, reviewer)
    assert text_of(page) == "New words"


def test_a_doubt_stops_it_and_a_wrong_form_keeps_what_was_typed(asked, reviewer):
    page, address = asked
    client = Client()
    assert "It depends" in client.post(address, {"answer": "It depends"}).content.decode()
    client.post(address, {"verdict": "doubted", "answer": "It depends"})
    with pytest.raises(PublicationRefused, match="No outside expert"):
        approve(page, reviewer)


def test_a_forged_or_expired_link_opens_nothing(asked):
    _page, address = asked
    assert Client().get(address[:-3] + "aa/").status_code == 409
    FactCheck.objects.update(expires_at=timezone.now())
    assert Client().get(address).status_code == 409


def test_the_answer_of_a_browser_is_taken(asked):
    """A page that forbids to name where a form comes from makes browsers send an origin that no check lets through."""
    _page, path = asked
    browser = Client(enforce_csrf_checks=True)
    shown = browser.get(path)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown.content.decode())[1]
    origin = "null" if shown["Referrer-Policy"] == "no-referrer" else "http://testserver"
    answer = {"verdict": "confirmed", "answer": "Yes.", "csrfmiddlewaretoken": token}
    assert browser.post(path, answer, headers={"origin": origin}).status_code == 200
    assert FactCheck.objects.get().verdict == "confirmed"


def test_only_who_decides_asks_an_expert(asked, editor):
    page, _address = asked
    state = GovernedStatement.objects.get(pk=page.pk).current_workflow_task_state
    assert as_user(editor).get(f"/admin/dfs-workflow/fact-check/{state.pk}/").status_code in (302, 403)
    assert as_user(person("nobody")).get(f"/admin/dfs-workflow/fact-check/{state.pk}/").status_code in (302, 403)


def test_a_vote_is_answered_leaves_the_desk_and_stands_in_the_history(statement, editor, voters):
    use(statement, QuorumTask, votes_needed=2)
    page = submit(statement, editor)
    state = GovernedStatement.objects.get(pk=page.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert len(desk_of(voters["awa"], timezone.now()).waiting) == 1
    html = as_user(voters["awa"]).post(url, {"comment": "Fits."}, follow=True).content.decode()
    assert "Organisations that agree so far: 1 of 2." in html
    assert desk_of(voters["awa"], timezone.now()).waiting == []
    assert len(desk_of(voters["ben"], timezone.now()).waiting) == 1
    assert {user.username for user in deciders(state)} == {"ben", "cleo", "dan"}
    html = as_user(voters["cleo"]).post(url, {"comment": ""}, follow=True).content.decode()
    assert "agree so far" not in html and text_of(page) == "New words"
    call_command("seal_history", stdout=StringIO())
    found = [(row.by, row.why) for row in timeline.lines(timeline.of_page(page.pk)) if "organisation" in row.action]
    assert sorted(found) == [("Awa Example", "Fits."), ("Cleo Example", "")]


def test_what_an_expert_said_stands_in_the_history_without_their_name(asked):
    _page, address = asked
    Client().post(address, {"verdict": "doubted", "answer": "It is 12 hours."})
    entry = HistoryEntry.objects.get(action="fact_check.doubted")
    (row,) = timeline.lines([entry])
    assert (row.why, row.by) == ("It is 12 hours.", "") and "outside expert doubted" in row.action
    check = FactCheck.objects.get()
    assert check.name not in str(entry.parts)
    actions.apply_retention(at=check.asked_at + timedelta(days=731))
    assert FactCheck.objects.filter(name="", email="").exists()


def test_an_edit_under_a_running_quorum_warns_before_says_so_after_and_tells_the_voters(
    statement, editor, voters, django_capture_on_commit_callbacks
):
    use(statement, QuorumTask, votes_needed=2)
    page = submit(statement, editor)
    url, client = reverse("wagtailadmin_pages:edit", args=[page.pk]), as_user(voters["ben"])
    assert "have voted for this version" not in client.get(url).content.decode()
    approve(page, voters["awa"])
    html = client.get(url).content.decode()
    assert "have voted for this version: ANRC" in html
    form = querydict_from_html(html, form_id="page-edit-form").dict()
    with django_capture_on_commit_callbacks(execute=True):
        html = client.post(url, form | {"text": "Mine"}, follow=True).content.decode()
        client.post(url, form | {"text": "Mine again"})
    assert "don&#x27;t count any more, as they were for the version before: ANRC" in html
    (told,) = [each for each in mail.outbox if "doesn't count any more" in each.subject]
    assert told.to == [voters["awa"].email] and "ben example edited" in told.body.lower()
    assert "have voted for this version" not in client.get(url).content.decode()
    with pytest.raises(PublicationRefused, match="edited after it was submitted"):
        approve(page, voters["cleo"])


def own_review(page, kind):
    """A review of its own for what stands below this page."""
    workflow = Workflow.objects.create(name=f"{kind.__name__} of {page}")
    task = kind.objects.create(name=kind.__name__)
    task.groups.set(Group.objects.filter(name="Reviewers"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    return workflow


def draft_of(statement, editor):
    page = GovernedStatement.objects.get(pk=statement.pk)
    page.text = "New words"
    page.save_revision(user=editor)
    return page


def test_submitting_pages_together_spares_them_no_legal_sign_off(statement, editor, reviewer):
    workflow = own_review(statement, LegalSignOffTask)
    others = GovernedStatement.objects.sibling_of(statement, inclusive=False)
    objects = [draft_of(page, editor) for page in (statement, *others)]
    bundle = actions.submit_bundle(title="Together", objects=objects, by=editor)
    assert bundle.current_workflow_state.workflow == workflow
    with pytest.raises(PublicationRefused, match="legal opinion"):
        actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    assert text_of(statement) == "Old words"
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True, comment="Act 7, section 2.")
    assert text_of(statement) == "New words"


def test_a_change_to_what_is_live_has_its_legal_sign_off_too(statement, moderator):
    workflow = own_review(statement, LegalSignOffTask)
    bundle = actions.ask_change(kind="withdraw", instance=statement, by=moderator, reason="Void")
    assert bundle.current_workflow_state.workflow == workflow


def test_what_is_reviewed_in_two_stricter_ways_is_submitted_apart(statement, editor, roles):
    other = GovernedStatement.objects.sibling_of(statement, inclusive=False).first()
    own_review(statement, LegalSignOffTask)
    own_review(other, QuorumTask)
    with pytest.raises(PublicationRefused, match="submit them apart"):
        actions.submit_bundle(title="Both", objects=[draft_of(row, editor) for row in (statement, other)], by=editor)
    assert not Bundle.objects.exists()
