"""Whatever two people do in whatever order, nothing goes live that only its author has seen, or it is recorded."""

import contextlib
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Revision

from dfs_workflow import actions
from dfs_workflow.models import Decision, Override, Proposal
from dfs_workflow.proposals.drafts import edit_item
from dfs_workflow.reports import findings
from tests.testapp.models import GovernedStatement

PEOPLE = ("first", "second")
STEPS = st.tuples(
    st.sampled_from(
        [
            *("write", "submit", "approve", "reject", "publish", "overwrite", "save", "cancel", "emergency"),
            *("propose", "accept", "apply"),
        ]
    ),
    st.sampled_from(PEOPLE),
)
numbers = count(1)


def take(step, person, page):
    state = page.current_workflow_state
    task = state and state.current_task_state
    if step == "write":
        draft = page.get_latest_revision_as_object()
        draft.text = f"Words {next(numbers)} of {person}"
        draft.save_revision(user=person)
    elif step == "submit" and not state:
        page.get_workflow().start(page, person)
    elif step in {"approve", "reject"} and task and state.status == "in_progress":
        task.task.specific.on_action(task, person, step)
    elif step == "publish":
        page.latest_revision.publish(user=person, skip_permission_checks=True)
    elif step == "overwrite":
        draft = page.get_latest_revision_as_object()
        draft.text = f"Overwritten {next(numbers)}"
        draft.save_revision(user=person, overwrite_revision=page.latest_revision)
    elif step == "save":
        page.text = f"Row {next(numbers)}"
        page.save()
    elif step == "emergency":
        actions.publish_in_emergency(instance=page, by=person, reason="Urgent", at=timezone.now())
    elif step == "cancel" and state:
        state.cancel(user=person)
    else:
        proposal_step(step, person, page)


def proposal_step(step, person, page):
    last, now = Proposal.objects.order_by("pk").last(), timezone.now()
    if step == "propose":
        item = edit_item(page, page.live_revision, {"text": page.text}, {"text": f"Proposed {next(numbers)}"})
        actions.propose(by=person, items=[item], title="Words", reason="Better.", at=now)
    elif step == "accept" and last:
        actions.decide_proposal(by=person, proposal=last, accept=True, reason="", answers={}, at=now)
    elif step == "apply" and last:
        actions.apply_proposal(by=person, proposal=last, at=now)


def assert_decided_by_another(page):
    """What is live now was decided by somebody with no version between it and what was live before."""
    revision = page.live_revision
    decision = Decision.objects.filter(revision_id=revision.pk).latest("pk")
    if decision.kind == "system":
        return
    if decision.kind == "override":
        assert Override.objects.open().filter(revision_id=revision.pk, by=decision.by).exists()
        return
    before = Decision.objects.filter(object_id=str(page.pk), pk__lt=decision.pk).latest("pk").revision
    between = Revision.objects.for_instance(page).filter(created_at__gt=before.created_at)
    writers = set(between.filter(created_at__lte=revision.created_at).values_list("user_id", flat=True))
    assert decision.by_id not in writers
    assert page.text == revision.content["text"]


@pytest.fixture
def people(roles, reviewer, moderator):
    for user in (reviewer, moderator):
        user.is_superuser = True
        user.save()
    return dict(zip(PEOPLE, (reviewer, moderator), strict=True))


@settings(max_examples=12, derandomize=True)
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_nobody_publishes_alone_what_they_wrote(people, statement, steps):
    for step, name in steps:
        page = GovernedStatement.objects.get(pk=statement.pk)
        with contextlib.suppress(PermissionDenied):
            take(step, people[name], page)
        page = GovernedStatement.objects.get(pk=statement.pk)
        assert page.live
        assert_decided_by_another(page)
    assert not list(findings())


def test_the_steps_can_publish_at_all(people, statement):
    """Otherwise the property would hold of a gate that lets nothing through."""
    for step, name in (("write", "first"), ("submit", "first"), ("approve", "second")):
        take(step, people[name], GovernedStatement.objects.get(pk=statement.pk))
    assert GovernedStatement.objects.get(pk=statement.pk).text.startswith("Words")


def test_a_proposal_is_published_by_a_third_person_only(people, statement, second_moderator):
    """Proposed by one, accepted by the other: neither lets it out."""
    for step, name in (("propose", "first"), ("accept", "second"), ("apply", "second")):
        take(step, people[name], GovernedStatement.objects.get(pk=statement.pk))
    for person in people.values():
        with contextlib.suppress(PermissionDenied):
            take("approve", person, GovernedStatement.objects.get(pk=statement.pk))
        assert GovernedStatement.objects.get(pk=statement.pk).text == statement.text
    take("approve", second_moderator, GovernedStatement.objects.get(pk=statement.pk))
    assert GovernedStatement.objects.get(pk=statement.pk).text.startswith("Proposed")
