"""Reminders, escalation, who stands in for whom, and the desk."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowTask

from dfs_workflow import actions
from dfs_workflow.models import PublicationRefused
from dfs_workflow.reports.desk import desk_of
from tests.dfs_workflow.conftest import as_user, in_group, person
from tests.dfs_workflow.people import stewards
from tests.dfs_workflow.test_query_counts import questions
from tests.testapp.models import GovernedStatement


def submit(statement, user, words="New words"):
    page = GovernedStatement.objects.get(pk=statement.pk)
    page.text = words
    page.save_revision(user=user)
    page.get_workflow().start(page, user)
    return page


def approve(page, user):
    state = GovernedStatement.objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, user, "approve")


def reminded(capture, **after):
    mail.outbox.clear()
    with capture(execute=True):
        count = actions.remind_reviewers(at=timezone.now() + timedelta(**after))
    return count, sorted(each.to[0] for each in mail.outbox)


def test_each_stage_is_told_once_and_overdue_also_to_stewards(
    statement, editor, reviewer, django_capture_on_commit_callbacks
):
    steward, second = stewards()
    submit(statement, editor)
    capture = django_capture_on_commit_callbacks
    assert reminded(capture, days=6) == (0, [])
    assert reminded(capture, days=8) == (1, [reviewer.email])
    assert reminded(capture, days=8) == (0, [])
    assert reminded(capture, days=12) == (1, [reviewer.email])
    assert reminded(capture, days=15) == (1, sorted([reviewer.email, steward.email, second.email]))
    assert reminded(capture, days=40) == (0, [])


def test_stewards_read_who_can_decide_what_is_overdue_and_where_they_see_it(
    statement, editor, reviewer, django_capture_on_commit_callbacks
):
    steward, _second = stewards()
    page = submit(statement, editor)
    reminded(django_capture_on_commit_callbacks, days=15)
    told = next(each for each in mail.outbox if each.to == [steward.email])
    assert "reviewer" in told.body and f"/dfs-workflow/access/?page={page.pk}" in told.body
    assert (
        "Decides the step" in as_user(steward).get(told.body.split("http://testserver")[1].split()[0]).content.decode()
    )


def test_stewards_hear_at_once_where_nobody_can_decide(statement, editor, django_capture_on_commit_callbacks):
    steward, _second = stewards()
    writer = in_group(editor, "Reviewers")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        submit(statement, writer)
    told = next(each for each in mail.outbox if each.to == [steward.email])
    assert "Nobody can decide about" in told.subject and "/en/members/requests/" in told.body


def test_only_who_is_in_the_group_of_the_language_is_asked(
    statement, editor, reviewer, django_capture_on_commit_callbacks
):
    other = in_group(person("polyglot"), "Reviewers")
    Group.objects.create(name="Language en").user_set.add(other)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        submit(statement, editor)
    assert [each.to for each in mail.outbox] == [[other.email]]
    assert "It is to be decided by" in mail.outbox[0].body


def test_the_list_of_what_awaits_names_until_when(statement, editor, reviewer):
    page = submit(statement, editor)
    due = page.current_workflow_task.due_at(page.current_workflow_task_state)
    html = as_user(reviewer).get("/admin/").content.decode()
    row = html[html.index('id="awaiting-review') :].split("</table>")[0]
    assert f"Due: {date_format(due, 'DATE_FORMAT')}" in row and "/approve/" in row


def test_what_was_decided_is_not_reminded_of(statement, editor, reviewer, django_capture_on_commit_callbacks):
    approve(submit(statement, editor), reviewer)
    assert reminded(django_capture_on_commit_callbacks, days=30) == (0, [])


@pytest.fixture
def delegate(roles):
    return in_group(person("dora"), "Editors")


def be_away(user, delegate, first, last):
    days = {"delegate": delegate.pk, "first_day": first, "last_day": last}
    return as_user(user).post("/en/account/absence/", days)


def test_a_delegate_decides_while_somebody_is_away(statement, editor, reviewer, delegate):
    today = timezone.localdate()
    page = submit(statement, editor)
    with pytest.raises(PublicationRefused):
        approve(page, delegate)
    assert be_away(reviewer, delegate, today, today + timedelta(days=3)).status_code == 302
    mail.outbox.clear()
    approve(page, delegate)
    assert GovernedStatement.objects.get(pk=page.pk).text == "New words"


def test_a_delegate_never_decides_their_own_text_nor_after_the_absence(statement, reviewer, delegate):
    today = timezone.localdate()
    page = submit(statement, delegate)
    be_away(reviewer, delegate, today, today)
    with pytest.raises(PublicationRefused, match="somebody else has to decide"):
        approve(page, delegate)
    be_away(reviewer, delegate, today - timedelta(days=3), today - timedelta(days=1))
    with pytest.raises(PublicationRefused, match="not among those"):
        approve(page, delegate)


def test_a_wrong_absence_is_said_and_keeps_what_was_chosen(reviewer, delegate):
    said = be_away(reviewer, delegate, "2026-12-04", "2026-12-01")
    assert "The last day is before the first." in said.content.decode()
    assert 'value="2026-12-04"' in said.content.decode()
    outsider = person("outsider")
    assert be_away(reviewer, outsider, "2026-12-01", "2026-12-04").status_code == 200


def test_the_desk_shows_what_one_can_decide_and_what_one_submitted(statement, editor, reviewer):
    page = submit(statement, editor)
    desk = desk_of(reviewer, timezone.now())
    assert [(row.title, row.url) for row in desk.waiting] == [(f"TST-1 {page.title}", f"/admin/pages/{page.pk}/edit/")]
    assert as_user(reviewer).get(desk.waiting[0].compare_url).status_code == 200
    assert desk.own == []
    own = desk_of(editor, timezone.now())
    assert (own.waiting, len(own.own)) == ([], 1)
    late = desk_of(reviewer, timezone.now() + timedelta(days=20))
    assert len(late.overdue) == 1
    assert page.title in as_user(reviewer).get("/admin/").content.decode()


def test_what_one_wrote_never_waits_for_oneself(statement, editor, reviewer):
    page = submit(statement, editor)
    draft = page.get_latest_revision_as_object()
    draft.save_revision(user=reviewer)
    assert desk_of(reviewer, timezone.now()).waiting == []


def test_everybody_sees_how_long_decisions_take(chapter, editor, reviewer, client):
    first, second, _third = GovernedStatement.objects.child_of(chapter)
    approve(submit(first, editor), reviewer)
    submit(second, editor)
    TaskState.objects.filter(status="approved").update(started_at=timezone.now() - timedelta(days=4, hours=1))
    TaskState.objects.filter(status="in_progress").update(started_at=timezone.now() - timedelta(days=9, hours=1))
    page = client.get("/en/process/").content.decode()
    said = " ".join(page[page.index("<tbody>") : page.index("</tbody>")].split())
    assert '<th scope="row">Reviews</th><td>1</td><td>4</td><td>1</td><td>9</td>' in said
    assert '<th scope="row">Proposals of members</th><td>0</td><td>–</td><td>0</td><td>–</td>' in said


def test_a_desk_costs_the_same_with_many_rows(chapter, editor, reviewer):
    first, *others = GovernedStatement.objects.child_of(chapter)
    submit(first, editor)
    before = count_of(reviewer)
    for page in others:
        submit(page, editor)
    assert TaskState.objects.filter(status="in_progress").count() == len(others) + 1
    assert count_of(reviewer) == before


def count_of(user):
    desk_of(user, timezone.now())
    with CaptureQueriesContext(connection) as queries:
        desk_of(user, timezone.now())
    return len(queries)


def test_the_home_page_of_the_admin_shows_the_oldest_and_costs_the_same_with_more(
    chapter, editor, reviewer, monkeypatch
):
    monkeypatch.setattr("dfs_workflow.views.waiting.SHOWN", 1)
    first, *others = GovernedStatement.objects.child_of(chapter)
    submit(first, editor)
    client = as_user(reviewer)
    before = questions(client, "/admin/")
    for page in others:
        submit(page, editor)
    assert questions(client, "/admin/") == before
    html = client.get("/admin/").content.decode()
    assert html.count("/approve/") == html.count(f"/workflow/action/{first.pk}/approve/") == 2


def test_reviews_of_a_task_that_is_not_ours_stay_where_wagtail_shows_them(foreign, chapter, editor, root_user):
    task = GroupApprovalTask.objects.create(name="Of this site")
    task.groups.set(Group.objects.filter(name="Editors"))
    workflow = Workflow.objects.create(name="Of this site")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    foreign.save_revision(user=root_user)
    client = as_user(editor)
    assert "Of this site" not in client.get("/admin/").content.decode()
    workflow.start(foreign, root_user)
    assert "Of this site" in client.get("/admin/").content.decode()
