"""Who lets somebody in is no second person beside them, until somebody else has confirmed who that is."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.utils import timezone
from wagtail.models import Revision

from dfs_workflow import actions
from dfs_workflow.models import Adoption, PeopleRefused, ProposalRefused, PublicationRefused, QuorumTask
from dfs_workflow.notifications.people import INVITE_SALT
from dfs_workflow.notifications.reviews import deciders
from dfs_workflow.proposals.drafts import edit_item
from dfs_workflow.reports.desk import desk_of
from tests.dfs_workflow.commenting import written
from tests.dfs_workflow.conftest import as_user, in_group
from tests.dfs_workflow.people import membership, organisation, stewards
from tests.dfs_workflow.test_review_kinds import approve, submit, text_of, use

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def sofia(roles: Any) -> Any:
    """A steward who also reviews."""
    return in_group(stewards()[0], "Reviewers")


@pytest.fixture
def sven(sofia: Any) -> Any:
    return User.objects.get(username="sven")


def let_in(by: Any, name: str, **fields: Any) -> Any:
    """As an invitation that was accepted."""
    own = fields.pop("own", None) or organisation(f"of-{name}")
    token = invited(by, own, f"{name}@example.org", **fields)
    return actions.accept_invitation(token=token, at=NOW, name=name, password="only-for-these-tests-1").user


def invited(by: Any, own: Any, email: str, **fields: Any) -> str:
    row = actions.invite(by=by, organisation=own, email=email, name="Second", at=NOW, **fields)
    return signing.dumps([row.pk, row.nonce], salt=INVITE_SALT)


def test_a_steward_is_no_second_person_beside_whom_they_let_in(statement: Any, sofia: Any, sven: Any) -> None:
    other = in_group(let_in(sofia, "other"), "Editors")
    page = submit(statement, other)
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    assert desk_of(sofia, NOW).waiting == [] and sofia not in deciders(state)
    with pytest.raises(PublicationRefused, match="may be one person"):
        approve(page, sofia)
    assert text_of(page) == "Old words"
    actions.confirm_membership(by=sofia, membership=membership(other), at=NOW)  # the same person again
    with pytest.raises(PublicationRefused, match="may be one person"):
        approve(page, sofia)
    actions.confirm_membership(by=sven, membership=membership(other), at=NOW)
    actions.confirm_membership(by=sofia, membership=membership(other), at=NOW)
    assert sofia in deciders(state) and len(desk_of(sofia, NOW).waiting) == 1
    approve(page, sofia)
    assert text_of(page) == "New words"


def test_nor_are_they_beside_the_steward(statement: Any, sofia: Any, sven: Any) -> None:
    other = in_group(let_in(sofia, "other"), "Reviewers")
    page = submit(statement, in_group(sofia, "Editors"))
    with pytest.raises(PublicationRefused, match="may be one person"):
        approve(page, other)
    actions.set_focal_point(by=sven, membership=membership(other), is_focal_point=True, at=NOW)
    approve(page, other)
    assert Revision.objects.get(pk=type(page).objects.get(pk=page.pk).live_revision_id).user == sofia


def test_the_vote_of_somebody_whom_one_person_knows_does_not_count(statement: Any, sofia: Any, sven: Any) -> None:
    use(statement, QuorumTask)
    page = submit(statement, in_group(let_in(sven, "author"), "Editors"))
    other = in_group(let_in(sofia, "other"), "Reviewers")
    with pytest.raises(PublicationRefused, match="Only one person has let you in"):
        approve(page, other)
    actions.confirm_membership(by=sven, membership=membership(other), at=NOW)
    approve(page, other)


def test_proposals_and_comments_of_whom_a_moderator_let_in_wait_for_another_one(
    chapter: Any, sofia: Any, moderator: Any
) -> None:
    sofia, other = in_group(sofia, "Moderators"), let_in(sofia, "other")
    item = edit_item(chapter, chapter.live_revision, {"text": "Intro"}, {"text": "Better"})
    proposal = actions.propose(by=other, items=[item], title="T", reason="Because.", at=NOW)
    html = as_user(sofia).get(f"/en/proposals/{proposal.number}/").content.decode()
    assert "may be one person" in html and 'id="decide"' not in html
    decision = {"proposal": proposal, "accept": True, "reason": "", "answers": {}, "at": NOW}
    with pytest.raises(ProposalRefused, match="may be one person"):
        actions.decide_proposal(by=sofia, **decision)
    actions.decide_proposal(by=moderator, **decision)
    comment = written(other, chapter, shown=False)
    with pytest.raises(PeopleRefused, match="may be one person"):
        actions.decide_comment(by=sofia, comment=comment, show=True, at=NOW)
    actions.decide_comment(by=moderator, comment=comment, show=True, at=NOW)


def test_one_steward_alone_makes_nobody_who_speaks_for_an_organisation_in_public(
    statement: Any, sofia: Any, sven: Any
) -> None:
    own = organisation("anrc")
    focal = let_in(sofia, "focal", own=own, as_focal_point=True)
    row = actions.record_adoption(by=focal, page=statement, state="adopted", at=NOW)
    answer = as_user(focal).post(f"/en/adoptions/{row.pk}/")
    assert answer.status_code == 409 and "Only one person has let you in" in answer.content.decode()
    page = as_user(sven).get("/en/members/organisations/anrc/").content.decode()
    assert "let in by sofia alone so far" in page
    waiting = {who: as_user(who).get("/en/members/requests/").content.decode() for who in (sofia, sven)}
    assert "let in by sofia alone" in waiting[sven] and "let in by sofia alone" not in waiting[sofia]
    as_user(sven).post(f"/en/members/{membership(focal).pk}/confirm/")
    assert "alone so far" not in as_user(sven).get("/en/members/organisations/anrc/").content.decode()
    as_user(focal).post(f"/en/adoptions/{row.pk}/")
    assert Adoption.objects.exclude(approved_at=None).exists()


def test_two_whom_one_steward_let_in_are_no_two_people(statement: Any, sofia: Any, sven: Any) -> None:
    writer, reviewer = in_group(let_in(sofia, "writer"), "Editors"), in_group(let_in(sofia, "reviewer"), "Reviewers")
    page = submit(statement, writer)
    assert desk_of(reviewer, NOW).waiting == []
    with pytest.raises(PublicationRefused, match="may be one person"):
        approve(page, reviewer)
    actions.confirm_membership(by=sven, membership=membership(reviewer), at=NOW)
    approve(page, reviewer)
    assert text_of(page) == "New words"


def test_nor_are_those_who_were_let_in_by_them(statement: Any, sofia: Any, sven: Any) -> None:
    own = organisation("anrc")
    focal = let_in(sofia, "focal", own=own, as_focal_point=True)
    other = in_group(let_in(focal, "other", own=own), "Reviewers")
    page = submit(statement, in_group(sofia, "Editors"))
    with pytest.raises(PublicationRefused, match="may be one person"):
        approve(page, other)
    actions.confirm_membership(by=sven, membership=membership(focal), at=NOW)
    approve(page, other)


def test_nobody_is_confirmed_by_whom_the_same_steward_let_in(statement: Any, sofia: Any, sven: Any) -> None:
    own = organisation("anrc")
    focal = let_in(sofia, "focal", own=own, as_focal_point=True)
    other = in_group(let_in(sofia, "other", own=own), "Reviewers")
    page = submit(statement, in_group(sofia, "Editors"))
    assert "alone so far" not in as_user(focal).get("/en/members/requests/").content.decode()
    actions.confirm_membership(by=focal, membership=membership(other), at=NOW)
    with pytest.raises(PublicationRefused, match="may be one person"):
        approve(page, other)
    actions.confirm_membership(by=sven, membership=membership(focal), at=NOW)
    assert "alone so far" in as_user(focal).get("/en/members/requests/").content.decode()
    actions.confirm_membership(by=focal, membership=membership(other), at=NOW)
    approve(page, other)


def test_a_steward_whom_the_other_one_invited_confirms_all_the_same(sofia: Any, sven: Any) -> None:
    second = in_group(let_in(sofia, "second"), "Stewards")
    other = let_in(sofia, "other")
    actions.confirm_membership(by=second, membership=membership(other), at=NOW)
    assert membership(other).is_vouched


def test_whom_two_people_let_in_one_after_the_other_ties_nobody(statement: Any, sofia: Any, sven: Any) -> None:
    other = let_in(sofia, "other")
    actions.end_membership(by=sofia, membership=membership(other), reason="Moved.", at=NOW)
    User.objects.filter(pk=other.pk).update(is_active=True)
    actions.add_membership(by=sven, user=other, organisation=organisation("next"), at=NOW)
    page = submit(statement, in_group(User.objects.get(pk=other.pk), "Editors"))
    approve(page, sofia)
    assert text_of(page) == "New words"
