"""One page through its review: two people, the reviewed version, and mails to those concerned."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Revision, Workflow, WorkflowPage, WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from dfs_workflow import actions, gate
from dfs_workflow.models import ContentVersion, Decision, PublicationRefused, authors
from dfs_workflow.models.digest import BOOKKEEPING, page_fields
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.routes_code import purge_revisions
from tests.dfs_workflow.world import make_term
from tests.testapp.models import ForeignPage, ForeignTerm, GovernedPage, GovernedStatement, GovernedTerm

CONTENT_OF_A_PAGE = {
    *("id", "title", "slug", "seo_title", "search_description", "show_in_menus"),
    *("go_live_at", "expire_at", "translation_key", "locale"),
}


def edit(user, page, text, **changes):
    """As the person does it: opens the form, changes one field, presses a button."""
    client = as_user(user)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form").dict()
    return client.post(url, data | {"text": text, "body-count": "0"} | changes, follow=True)


def submit(user, page, text):
    return edit(user, page, text, **{"action-submit": "1"})


def decide(user, page, name, **data):
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk])
    return as_user(user).post(url, data, headers={"referer": "http://testserver/admin/"}, follow=True)


def text_of(page):
    return type(page).objects.get(pk=page.pk).text


def test_a_second_person_puts_live_what_was_submitted(statement, editor, reviewer):
    before = ContentVersion.current()
    response = submit(editor, statement, "New words")
    assert "submitted for moderation" in response.content.decode()
    assert text_of(statement) == "Old words"
    reviewed = type(statement).objects.get(pk=statement.pk).latest_revision
    decide(reviewer, statement, "approve")
    live = type(statement).objects.get(pk=statement.pk)
    assert (live.text, live.live_revision) == ("New words", reviewed)
    decision = Decision.objects.get(kind="review")
    assert (decision.by, decision.revision, decision.object_id) == (reviewer, reviewed, str(statement.pk))
    assert ContentVersion.current() > before
    assert not list(findings())


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_approves_what_they_wrote(statement, reviewer, superuser):
    reviewer.is_superuser = superuser
    reviewer.save()
    submit(reviewer, statement, "New words")
    response = decide(reviewer, statement, "approve")
    state = statement.current_workflow_state
    with pytest.raises(PublicationRefused, match="You wrote part"):
        state.current_task_state.task.specific.on_action(state.current_task_state, reviewer, "approve")
    assert text_of(statement) == "Old words"
    assert state.status == "in_progress"
    assert response.status_code == 200
    page = as_user(reviewer).get(reverse("wagtailadmin_pages:edit", args=[statement.pk])).content.decode()
    assert 'data-workflow-action-name="approve"' not in page


def test_who_helped_to_write_it_can_not_approve_it_either(statement, editor, reviewer, moderator):
    edit(reviewer, statement, "First words")
    submit(editor, statement, "New words")
    decide(reviewer, statement, "approve")
    assert text_of(statement) == "Old words"
    decide(moderator, statement, "approve")
    assert text_of(statement) == "New words"


def test_an_editor_does_not_decide(statement, editor, moderator):
    submit(moderator, statement, "New words")
    decide(editor, statement, "approve")
    assert text_of(statement) == "Old words"


def test_what_was_edited_after_it_was_submitted_is_submitted_again(statement, editor, reviewer, moderator):
    submit(editor, statement, "New words")
    edit(reviewer, statement, "Slipped in")
    response = decide(moderator, statement, "approve")
    assert "was edited after it was submitted" in response.content.decode()
    assert text_of(statement) == "Old words"
    decide(moderator, statement, "reject", comment="Again please")
    submit(editor, statement, "Slipped in")
    decide(moderator, statement, "approve")
    assert text_of(statement) == "Slipped in"


def test_a_version_under_review_is_not_overwritten(statement, editor):
    submit(editor, statement, "New words")
    page = type(statement).objects.get(pk=statement.pk)
    draft = page.get_latest_revision_as_object()
    draft.text = "Slipped in"
    with pytest.raises(PublicationRefused, match="submitted for review"):
        draft.save_revision(user=editor, overwrite_revision=page.latest_revision)


def test_a_foreign_workflow_does_not_open_the_gate(statement, root_user):
    page = type(statement).objects.get(pk=statement.pk)
    page.text = "New words"
    page.save_revision(user=root_user)
    workflow = Workflow.objects.create(name="Without any task")
    with pytest.raises((PublicationRefused, AttributeError)):
        workflow.start(page, root_user)
    assert text_of(statement) == "Old words"


def test_a_term_goes_through_the_same_review(english, roles, editor, reviewer):
    term = make_term(english)
    term.meaning = "New words"
    term.save_revision(user=editor)
    GovernedTerm.objects.get(pk=term.pk).get_workflow().start(term, editor)
    task_state = term.current_workflow_task_state
    with pytest.raises(PublicationRefused):
        task_state.task.specific.on_action(task_state, editor, "approve")
    task_state.task.specific.on_action(task_state, reviewer, "approve")
    assert GovernedTerm.objects.get(pk=term.pk).meaning == "New words"


def schedule(page, editor, reviewer, **dates):
    page = type(page).objects.get(pk=page.pk)
    for name, value in dates.items():
        setattr(page, name, value)
    page.text = "New words"
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    page.current_workflow_task.on_action(page.current_workflow_task_state, reviewer, "approve")
    return type(page).objects.get(pk=page.pk)


def test_a_decided_version_waits_for_its_date(statement, editor, reviewer, monkeypatch):
    page = schedule(statement, editor, reviewer, go_live_at=timezone.now() + timedelta(hours=1))
    assert (page.text, page.approved_schedule) == ("Old words", True)
    Revision.objects.filter(pk=page.scheduled_revision.pk).update(approved_go_live_at=timezone.now())
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("wagtail.actions.publish_revision.timezone.now", lambda: later)
    call_command("publish_scheduled")
    assert text_of(statement) == "New words"


def test_expiry_was_part_of_what_was_decided(statement, editor, reviewer):
    page = schedule(statement, editor, reviewer, expire_at=timezone.now() + timedelta(minutes=5))
    later = page.expire_at + timedelta(days=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        call_command("publish_scheduled")
    page = type(statement).objects.get(pk=statement.pk)
    assert (page.live, page.expired) == (False, True)


def test_one_refused_version_does_not_stop_the_scheduler(statement, chapter, foreign, root_user, editor, reviewer):
    """Between two that were decided, and before a foreign one."""
    soon = timezone.now() + timedelta(hours=1)
    first, last = statement, GovernedStatement.objects.child_of(chapter).last()
    decided = [schedule(page, editor, reviewer, go_live_at=soon).scheduled_revision for page in (first, last)]
    page = GovernedPage.objects.get(pk=chapter.pk)
    page.text = "Undecided"
    undecided = page.save_revision(user=root_user)
    foreign.text = "New words"
    order = [decided[0], undecided, decided[1], foreign.save_revision(user=root_user)]
    for minutes, revision in enumerate(order):
        due = soon + timedelta(minutes=minutes)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: soon + timedelta(hours=1))
        call_command("publish_scheduled")
    assert [text_of(page) for page in (first, chapter, last, foreign)] == ["New words", "Intro", *2 * ["New words"]]
    assert not list(findings())


def test_foreign_types_are_untouched(foreign, home, root_user):
    """Everything that the gate refuses for governed types, one after the other."""
    foreign.text = "Straight to the row"
    foreign.save()
    foreign.save_revision(user=root_user).publish(user=root_user)
    foreign.unpublish(user=root_user)
    foreign.save_revision(user=root_user).publish(user=root_user)
    foreign = ForeignPage.objects.get(pk=foreign.pk)
    copy = foreign.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert copy.live
    copy.move(foreign, pos="last-child")
    copy.delete()
    assert foreign.create_alias(update_slug="alias").live
    assert ForeignPage.objects.get(pk=foreign.pk).live
    term = ForeignTerm.objects.create(name="Term")
    assert term.live
    term.unpublish()
    term.delete()
    assert not Decision.objects.exclude(title__in=["Home"]).exists()


def test_a_foreign_review_publishes_the_newest_version_as_wagtail_does(foreign, root_user):
    foreign.text = "New words"
    foreign.save_revision(user=root_user)
    state = WorkflowState(
        content_type=foreign.get_content_type(), base_content_type=foreign.get_base_content_type(),
        object_id=str(foreign.pk), workflow=Workflow.objects.create(name="Theirs"), requested_by=root_user,
    )  # fmt: skip
    actions.publish_reviewed_revision(workflow_state=state, by=root_user)
    assert text_of(foreign) == "New words"


def test_setting_up_twice_changes_nothing(roles, home):
    models = (Workflow, WorkflowPage, GroupPagePermission, Group)
    counts = [model.objects.count() for model in models]
    call_command("set_up_platform", stdout=StringIO())
    assert [model.objects.count() for model in models] == counts
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page", page=home).exists()
    assert GovernedStatement.objects.first().get_workflow().name == actions.roles.REVIEW


def test_old_versions_that_matter_survive_tidying_up(statement, editor):
    """Each refusal is counted and passed over by Wagtail's `purge_revisions`."""
    page = type(statement).objects.get(pk=statement.pk)
    for text in ("one", "two"):
        page.text = text
        page.save_revision(user=editor)
    purge_revisions(None)
    assert authors(page) == {editor.pk}
    assert Revision.objects.for_instance(page).count() == 3
    for revision in Revision.objects.for_instance(page):
        with pytest.raises(ProtectedError), transaction.atomic():
            revision.delete()
    assert not list(findings())


def test_a_new_field_of_wagtails_page_has_to_be_judged():
    """Is it content that readers see, or bookkeeping? `digest.py` decides."""
    assert page_fields() - BOOKKEEPING == CONTENT_OF_A_PAGE


def newest(page):
    return type(page).objects.get(pk=page.pk).latest_revision


def approve_new_words(page, editor, reviewer, words):
    page = type(page).objects.get(pk=page.pk)
    page.text = words
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    page.current_workflow_task.on_action(page.current_workflow_task_state, reviewer, "approve")
    return newest(page)


def test_the_live_version_is_not_published_again_by_one_person(statement, editor, reviewer, root_user, client):
    approve_new_words(statement, editor, reviewer, "New words")
    before = type(statement).objects.get(pk=statement.pk)
    client.force_login(root_user)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={statement.pk}", headers={"referer": "http://testserver/admin/pages/"})
    after = type(statement).objects.get(pk=statement.pk)
    assert after.last_published_at == before.last_published_at
    before.get_workflow().start(before, editor)
    before.current_workflow_task.on_action(before.current_workflow_task_state, reviewer, "approve")
    assert type(statement).objects.get(pk=statement.pk).last_published_at > before.last_published_at


def test_an_older_decided_version_does_not_come_back_alone(statement, editor, reviewer, root_user):
    older = approve_new_words(statement, editor, reviewer, "Older words")
    approve_new_words(statement, editor, reviewer, "New words")
    with pytest.raises(PublicationRefused, match="something else was decided"), transaction.atomic():
        older.publish(user=root_user)
    assert text_of(statement) == "New words"


def test_what_two_withdrew_one_does_not_bring_back(statement, editor, reviewer, root_user):
    version = approve_new_words(statement, editor, reviewer, "New words")
    with gate.permit(Decision.Kind.WITHDRAW, reason="Wrong", by=reviewer):
        type(statement).objects.get(pk=statement.pk).unpublish()
    with pytest.raises(PublicationRefused, match="something else was decided"), transaction.atomic():
        version.publish(user=root_user)
    assert not type(statement).objects.get(pk=statement.pk).live


def test_what_has_expired_does_not_come_back_alone(statement, editor, reviewer, root_user):
    page = schedule(statement, editor, reviewer, expire_at=timezone.now() + timedelta(minutes=5))
    with pytest.MonkeyPatch.context() as patch:
        later = page.expire_at + timedelta(days=1)
        patch.setattr("django.utils.timezone.now", lambda: later)
        call_command("publish_scheduled")
        with pytest.raises(PublicationRefused, match="date of expiry"), transaction.atomic():
            page.latest_revision.publish(user=root_user)
