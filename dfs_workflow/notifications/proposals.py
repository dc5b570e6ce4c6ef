"""Mails about proposals, each in the language of its reader."""

from typing import Any

from django.utils import timezone
from django.utils.translation import override
from django_tasks import task
from wagtail.models import WorkflowState

from dfs_workflow.models import Proposal, ProposalRemark, name_of
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.people import address, language_of, send
from dfs_workflow.proposals.changes import with_pages
from dfs_workflow.proposals.outcome import applied_in, approved_at, date_of_publication
from dfs_workflow.proposals.plain_text import changes_text
from dfs_workflow.proposals.visible import visible_proposals
from dfs_workflow.stewardship import triagers

# Afterwards they stand in the page itself.
WITH_CHANGES = {"submitted", "accepted", "partly"}


@task(priority=queue.SOON)
def tell_proposer(proposal_id: int, state: str) -> None:
    """At each state, with the reason that was given."""
    proposal = Proposal.objects.select_related("proposed_by").filter(pk=proposal_id).first()
    if proposal is not None:
        reason = proposal.decision_reason if state in {"accepted", "partly", "declined"} else ""
        mail(proposal, state, about=f"{proposal_id} {state} {proposal.decided_at}", reason=reason)


@task(priority=queue.SOON)
def tell_approved(workflow_state_id: int) -> None:
    """The last step: a review has approved what came of a proposal."""
    review = WorkflowState.objects.filter(pk=workflow_state_id).first()
    if review is None or review.content_object is None:
        return
    for proposal in applied_in(review.content_object):
        at = approved_at(proposal, list(proposal.items.all()))
        if at is not None and at >= review.created_at:  # else by a review before this one
            day = date_of_publication(review.content_object)
            mail(proposal, "approved", about=f"{proposal.pk} approved {at}", day=day)


def mail(proposal: Proposal, state: str, *, about: str, **words: Any) -> None:
    person = proposal.proposed_by
    if person is None or not person.is_active:
        return
    context = {"name": name_of(person), "number": proposal.number, "title": proposal.title, "state": state, **words}
    language = language_of(person)
    with override(language):
        context["changes"] = changes_text(with_pages(proposal.items.all())) if state in WITH_CHANGES else ""
    url = address("proposal", proposal.number)
    send("proposal", person.email, language, context, about=about, person=person, url=url)


@task(priority=queue.SOON)
def tell_triagers(proposal_id: int) -> None:
    """What waits for them; not who proposed it, nor who may not read the page."""
    proposal = Proposal.objects.filter(pk=proposal_id, state=Proposal.State.SUBMITTED).first()
    if proposal is None:
        return
    context = {"number": proposal.number, "title": proposal.title, "who": proposal.proposed_by_name}
    for person in triagers().exclude(email="").exclude(pk=proposal.proposed_by_id):
        if visible_proposals(person).filter(pk=proposal_id).exists():
            url = address("proposal", proposal.number)
            send("proposed", person.email, language_of(person), context, about=proposal_id, person=person, url=url)


@task(priority=queue.SOON)
def tell_assignee(proposal_id: int) -> None:
    proposal = Proposal.objects.select_related("assignee").filter(pk=proposal_id).first()
    if proposal is not None and proposal.assignee is not None:
        person = proposal.assignee
        context = {"name": name_of(person), "number": proposal.number, "title": proposal.title}
        url, about = address("proposal", proposal.number), f"{proposal_id} {timezone.localdate()}"
        send("assigned", person.email, language_of(person), context, about=about, person=person, url=url)


@task(priority=queue.SOON)
def tell_remark(remark_id: int) -> None:
    """To who proposed it and who looks after it; the words themselves wait on the page, where it is asked who may
    read them."""
    remark = ProposalRemark.objects.select_related("proposal__proposed_by", "proposal__assignee")
    found = remark.filter(pk=remark_id).first()
    if found is None:
        return
    proposal = found.proposal
    for person in {proposal.proposed_by, proposal.assignee} - {None, found.by}:
        if person.is_active:
            is_own = person == proposal.proposed_by
            context = {"name": name_of(person), "number": proposal.number, "title": proposal.title, "is_own": is_own}
            url = address("proposal", proposal.number)
            send("remark", person.email, language_of(person), context, about=remark_id, person=person, url=url)
