"""Who closes a consultation is told of answers that are hidden from them, and who can decide about those."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from dfs_workflow import actions
from dfs_workflow.documents.comment_form import Line
from dfs_workflow.gate import system_publication
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.people import stewards


def closed_later(chapter, statement, *people):
    """An answer on a clause whose page was closed to all but these people afterwards."""
    manager = stewards()[0]
    found = actions.open_consultation(by=manager, page=chapter, title="Second draft", at=timezone.now())
    lines = [Line(member="XX", clause=reference, comment="Say more.") for reference in ("TST-1", "TST-2")]
    actions.answer_consultation(by=manager, consultation=found, lines=lines, at=timezone.now())
    found.closes_on = timezone.localdate() - timedelta(days=1)
    found.save()
    few = Group.objects.create(name="Few")
    few.user_set.add(*people)
    with system_publication(reason="Set up for a test"):
        PageViewRestriction.objects.create(page=statement, restriction_type="groups").groups.set([few])
    for row in found.answers.filter(clause__reference="TST-2"):
        actions.dispose(by=manager, answers=[row], outcome="accepted", at=timezone.now())
    return manager, found


def read_and_close(manager, consultation):
    client = as_user(manager)
    page = client.get(reverse("dfs_workflow:consultation", args=[consultation.pk])).content.decode()
    return page, client.post(reverse("dfs_workflow:close_consultation", args=[consultation.pk]))


def test_who_can_decide_is_named(chapter, statement, roles):
    reader = stewards("rosa", "rita")[0]
    manager, consultation = closed_later(chapter, statement, reader)
    page, answer = read_and_close(manager, consultation)
    told = "closed to you: 1. Who can decide about them: "
    assert told in page and "Close it and publish" not in page
    assert answer.status_code == 409 and told in answer.content.decode()
    assert told not in read_and_close(reader, consultation)[0]
    row = consultation.answers.get(disposition=None)
    decided = reverse("dfs_workflow:answer", args=[row.pk])
    assert as_user(manager).post(decided, {"outcome": "accepted"}).status_code == 404
    assert as_user(reader).post(decided, {"outcome": "accepted"}).status_code == 302
    page, answer = read_and_close(manager, consultation)
    assert "Close it and publish" in page and answer.status_code == 302


def test_where_nobody_can_it_says_so(chapter, statement, roles):
    page, answer = read_and_close(*closed_later(chapter, statement))
    assert "Nobody who manages consultations may read all of them" in page
    assert "Nobody who manages consultations may read all of them" in answer.content.decode()
