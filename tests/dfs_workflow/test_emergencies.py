"""Publishing alone in an emergency: never silently, and never for good without a second person."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.actions.overrides import after_working_days
from dfs_workflow.models import Decision, Override, PublicationRefused
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import as_user
from tests.testapp.models import GovernedStatement


def drafted(statement, user, words="Urgent words"):
    page = GovernedStatement.objects.get(pk=statement.pk)
    page.text = words
    page.save_revision(user=user)
    return GovernedStatement.objects.get(pk=statement.pk)


def publish_alone(page, user, reason="An attack is under way."):
    return as_user(user).post(f"/admin/dfs-workflow/emergency/{page.pk}/", {"reason": reason}, follow=True)


def sign_off(user, what, comment=""):
    data = {what: "1", "comment": comment}
    return as_user(user).post(f"/admin/dfs-workflow/emergencies/{Override.objects.get().pk}/", data, follow=True)


def live_text(page):
    return GovernedStatement.objects.get(pk=page.pk).text


@pytest.fixture
def published(statement, moderator, editor, django_capture_on_commit_callbacks):
    page = drafted(statement, moderator)
    with django_capture_on_commit_callbacks(execute=True):
        publish_alone(page, moderator)
    return page


def test_it_is_live_at_once_recorded_and_told(published, editor, moderator):
    assert live_text(published) == "Urgent words"
    decision = Decision.objects.latest("pk")
    assert (decision.kind, decision.by, decision.reason) == ("override", moderator, "An attack is under way.")
    letters = [each for each in mail.outbox if "in an emergency" in each.subject]
    told = [each.to[0] for each in letters]
    assert editor.email in told and "/admin/dfs-workflow/emergencies/" in letters[0].body
    assert moderator.email not in told
    assert not list(findings())
    assert "1 emergency publication waits" in as_user(editor).get("/admin/").content.decode()


def test_without_a_reason_nothing_happens_and_nothing_is_lost(statement, moderator):
    page = drafted(statement, moderator)
    assert publish_alone(page, moderator, "  ").status_code == 200
    assert live_text(page) == "Old words"
    assert not Override.objects.exists()


def test_only_those_with_the_right(statement, editor, reviewer):
    page = drafted(statement, editor)
    for user in (editor, reviewer):
        publish_alone(page, user)
    assert live_text(page) == "Old words"


def test_who_wrote_or_published_it_does_not_sign_it_off(published, moderator):
    assert "somebody else has to decide" in sign_off(moderator, "agree").content.decode()
    assert Override.objects.open().exists()


def test_a_second_person_signs_it_off_as_reviewed(published, reviewer):
    sign_off(reviewer, "agree", "Seen.")
    row = Override.objects.get()
    assert (row.outcome, row.closed_by) == ("agreed", reviewer)
    assert Decision.objects.latest("pk").kind == "review"
    assert "was signed off already" in sign_off(reviewer, "agree").content.decode()


def test_an_objection_brings_back_what_two_had_decided(published, reviewer):
    assert "Say why" in sign_off(reviewer, "object").content.decode()
    assert live_text(published) == "Urgent words"
    sign_off(reviewer, "object", "It is wrong.")
    assert live_text(published) == "Old words"
    assert not list(findings())


def test_after_it_was_used_the_next_version_needs_two_again(published, moderator):
    page = drafted(published, moderator, "More words")
    with pytest.raises(PublicationRefused), transaction.atomic():
        page.latest_revision.publish(user=moderator)


def test_the_weekly_report_tells_each_once_a_week_until_it_is_closed(published, reviewer, settings):
    at = timezone.now()
    assert actions.report_overrides(at=at) == 1
    assert actions.report_overrides(at=at + timedelta(days=6)) == 0
    assert actions.report_overrides(at=at + timedelta(days=7)) == 1
    actions.agree_to_override(override=Override.objects.get(), by=reviewer, at=at + timedelta(days=8))
    assert actions.report_overrides(at=at + timedelta(days=9)) == 1
    assert actions.report_overrides(at=at + timedelta(days=30)) == 0
    out = StringIO()
    call_command("remind_reviewers", stdout=out)
    assert out.getvalue().startswith("0 reminders; 0 emergency publications reported.\n")


def test_weekends_do_not_count():
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert after_working_days(friday, 5) == datetime(2026, 12, 4, 12, tzinfo=UTC)
    assert after_working_days(friday, 1) == datetime(2026, 11, 30, 12, tzinfo=UTC)
