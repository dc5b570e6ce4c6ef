"""Mails about proposals, each in the language of its reader."""

from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from dfs_workflow.models import Proposal, ProposalRemark, name_of
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.people import address, language_of, send
from dfs_workflow.proposals.changes import with_pages
from dfs_workflow.proposals.plain_text import changes_text

# Afterwards they stand in the page itself.
WITH_CHANGES = {"submitted", "accepted", "partly"}


@task(priority=queue.SOON)
def tell_proposer(proposal_id: int, state: str) -> None:
    """At each state, with the reason that was given."""
    proposal = Proposal.objects.select_related("proposed_by").filter(pk=proposal_id).first()
    person = proposal.proposed_by if proposal else None
    if proposal is None or person is None or not person.is_active:
        return
    context = {
        "name": name_of(person),
        "number": proposal.number,
        "title": proposal.title,
        "state": state,
        "reason": proposal.decision_reason if state in {"accepted", "partly", "declined"} else "",
    }
    language = language_of(person)
    with override(language):
        context["changes"] = changes_text(with_pages(proposal.items.all())) if state in WITH_CHANGES else ""
    url = address("proposal", proposal.number)
    about = f"{proposal_id} {state} {proposal.decided_at}"
    send("proposal", person.email, language, context, about=about, person=person, url=url)


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
    """To the proposer; the words themselves wait on the page, where it is asked who may read them."""
    remark = ProposalRemark.objects.select_related("proposal__proposed_by").filter(pk=remark_id).first()
    person = remark.proposal.proposed_by if remark else None
    if remark is not None and person is not None and person.is_active:
        context = {"name": name_of(person), "number": remark.proposal.number, "title": remark.proposal.title}
        url = address("proposal", remark.proposal.number)
        send("remark", person.email, language_of(person), context, about=remark_id, person=person, url=url)
