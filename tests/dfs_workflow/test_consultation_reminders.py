"""Before a consultation closes, who may answer and whose organisation hasn't is reminded, once each time."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from dfs_workflow import actions
from dfs_workflow.documents.comment_form import Line
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Consultation, KindRule
from tests.dfs_workflow.people import member, organisation, stewards

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def consultation(chapter: Any, roles: Any) -> Consultation:
    return actions.open_consultation(by=stewards()[0], page=chapter, title="Second draft", at=NOW)


@pytest.fixture
def reminded(django_capture_on_commit_callbacks: Any) -> Any:
    """Who gets a mail on a day, counted back from the last one for answers."""

    def run(consultation: Consultation, days_before: int) -> list[str]:
        mail.outbox.clear()
        at = NOW + (consultation.closes_on - timezone.localdate(NOW)) - timedelta(days=days_before)
        with django_capture_on_commit_callbacks(execute=True):
            actions.remind_of_consultations(at=at)
        return sorted(message.to[0] for message in mail.outbox)

    return run


def test_a_week_and_a_day_before_and_each_once(consultation: Consultation, reminded: Any) -> None:
    awa, leo = member("awa", organisation()), member("leo", organisation("rival"))
    both = [awa.email, leo.email]
    assert [reminded(consultation, days) for days in (8, 7, 6)] == [[], both, []]
    lines = [Line(clause="TST-1", kind="te", comment="Say more.")]
    actions.answer_consultation(by=awa, consultation=consultation, lines=lines, at=NOW)
    assert [reminded(consultation, days) for days in (1, 0, -1)] == [[leo.email], [], []]


def test_after_downtime_only_the_latest_moment_counts(consultation: Consultation, reminded: Any) -> None:
    awa = member("awa", organisation())
    assert reminded(consultation, 0) == [awa.email]
    (message,) = mail.outbox
    assert "Second draft" in message.subject and f"/consultations/{consultation.pk}/" in message.body
    assert reminded(consultation, 0) == []


def test_nobody_who_may_not_answer_or_not_read_it(consultation: Consultation, reminded: Any, chapter: Any) -> None:
    member("vic", organisation("shop", kind="vendor"))
    KindRule.objects.update_or_create(
        kind="vendor", capability="answer-consultation", defaults={"is_allowed": False, "changed_at": NOW}
    )
    leo = member("leo", organisation("rival"))
    assert reminded(consultation, 7) == [leo.email]
    with system_publication(reason="Set up for a test"):
        PageViewRestriction.objects.create(page=chapter, restriction_type="groups")
    assert reminded(consultation, 1) == []


def test_one_that_is_short_reminds_a_day_before(chapter: Any, roles: Any, reminded: Any) -> None:
    last = timezone.localdate(NOW) + timedelta(days=3)
    short = actions.open_consultation(by=stewards()[0], page=chapter, title="Short", at=NOW, closes_on=last)
    awa = member("awa", organisation())
    assert [reminded(short, days) for days in (3, 2, 1)] == [[], [], [awa.email]]


def test_the_daily_command_does_it(consultation: Consultation, capsys: Any) -> None:
    member("awa", organisation())
    Consultation.objects.update(closes_on=timezone.localdate(), opened_at=NOW - timedelta(days=28))
    call_command("remind_reviewers")
    assert "1 members asked" in capsys.readouterr().out
