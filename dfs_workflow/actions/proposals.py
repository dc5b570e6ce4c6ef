"""From a proposal to its decision; `applying.py` brings what was accepted into the pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dfs_workflow import permissions
from dfs_workflow.actions.history import record
from dfs_workflow.conf import source_language
from dfs_workflow.merging import Answer, Path
from dfs_workflow.models import (
    Capability,
    Proposal,
    ProposalCounter,
    ProposalItem,
    ProposalRefused,
    ProposalRemark,
    name_of,
    why_not_second,
)
from dfs_workflow.notifications import proposals as mails
from dfs_workflow.notifications import queue
from dfs_workflow.proposals.content import merged, storable_answers

State = Proposal.State
Answers = Mapping[int, Mapping[Path, Answer]]


@transaction.atomic
def propose(
    *, by: Any, items: Sequence[ProposalItem], title: str, reason: str, source: str = "", at: datetime
) -> Proposal:
    """Collected and submitted at once, as from a page that is read."""
    proposal: Proposal | None = None
    for item in items:
        proposal = collect(by=by, item=item, proposal=proposal)
    if proposal is None:
        raise ProposalRefused(_("Nothing is changed yet."))
    return submit_proposal(by=by, proposal=proposal, title=title, reason=reason, source=source, at=at)


@transaction.atomic
def collect(*, by: Any, item: ProposalItem, proposal: Proposal | None = None) -> Proposal:
    """Adds one page to a proposal of the same person not submitted yet; what it said of this page is replaced."""
    if not permissions.can_propose(by, item.subject):
        raise PermissionDenied(_("You may not propose a change here."))
    if proposal is None:
        own = permissions.membership_of(by)
        proposal = Proposal.objects.create(
            title=str(item.subject)[:255],
            proposed_by=by,
            proposed_by_name=name_of(by),
            organisation=own.organisation if own else None,
        )
    require_own_draft(by, proposal)
    if item.kind == ProposalItem.Kind.EDIT:
        same = {name: getattr(item, name) for name in ("page_id", "snippet_type_id", "snippet_id")}
        proposal.items.filter(kind=item.kind, **same).delete()
    item.proposal = proposal
    item.save()
    return proposal


def require_own_draft(by: Any, proposal: Proposal) -> None:
    if proposal.proposed_by_id != by.pk or proposal.state != State.DRAFT:
        raise ProposalRefused(_("This proposal was submitted already: write a new one."))


@transaction.atomic
def submit_proposal(
    *, by: Any, proposal: Proposal, title: str, reason: str, source: str = "", at: datetime
) -> Proposal:
    proposal = locked(proposal)
    require_own_draft(by, proposal)
    if not proposal.items.exists():
        raise ProposalRefused(_("Nothing is changed yet."))
    if not reason.strip():
        raise ProposalRefused(_("Say why: the reason is part of the record."))
    proposal.title, proposal.reason, proposal.source = title[:255] or proposal.title, reason, source
    proposal.submitted_at, proposal.number = at, ProposalCounter.next(at.year)
    queue.put(mails.tell_triagers, proposal.pk)
    return pass_on(proposal, State.SUBMITTED, by=by, at=at, why=reason)


@transaction.atomic
def discard_proposal(*, by: Any, proposal: Proposal) -> None:
    """While it is still being collected; afterwards nothing of it is ever deleted."""
    proposal = locked(proposal)
    require_own_draft(by, proposal)
    proposal.delete()


@transaction.atomic
def add_remark(*, by: Any, proposal: Proposal, text: str, at: datetime) -> ProposalRemark:
    own = permissions.membership_of(by)
    remark = ProposalRemark.objects.create(
        proposal=proposal,
        by=by,
        by_name=name_of(by),
        organisation=own.organisation if own else None,
        at=at,
        text=text,
    )
    queue.put(mails.tell_remark, remark.pk)
    return remark


@transaction.atomic
def take_on(*, by: Any, proposal: Proposal, assignee: Any, at: datetime) -> Proposal:
    """Somebody looks after it from now on; the first time its review begins."""
    permissions.require(by, Capability.TRIAGE)
    proposal = locked(proposal)
    if not proposal.is_open:
        raise ProposalRefused(_("This proposal is decided already."))
    proposal.assignee = assignee
    if assignee is not None and assignee != by:
        queue.put(mails.tell_assignee, proposal.pk)
    if proposal.state == State.SUBMITTED:
        return pass_on(proposal, State.IN_REVIEW, by=by, at=at)
    proposal.save()
    return proposal


@transaction.atomic
def decide_proposal(
    *, by: Any, proposal: Proposal, accept: bool, reason: str, answers: Answers, at: datetime
) -> Proposal:
    """Place by place, and anew until it is applied; what isn't taken to the letter makes it accepted in part."""
    permissions.require(by, Capability.TRIAGE)
    proposal = locked(proposal)
    if proposal.state not in Proposal.WAITING:
        raise ProposalRefused(_("This proposal is decided already."))
    if proposal.proposed_by_id == by.pk:
        raise ProposalRefused(_("You proposed this; somebody else has to decide."))
    if why := why_not_second(by, {proposal.proposed_by_id}):
        raise ProposalRefused(why)
    state = accepted_state(proposal, answers) if accept else State.DECLINED
    if state != State.ACCEPTED and not reason.strip():
        raise ProposalRefused(_("Give the reason: the proposer reads it, and it is part of the record."))
    proposal.decided_by, proposal.decided_by_name = by, name_of(by)
    proposal.decided_at, proposal.decision_reason = at, reason
    return pass_on(proposal, state, by=by, at=at, why=reason)


def accepted_state(proposal: Proposal, answers: Answers) -> State:
    is_whole, is_something = True, False
    for item in proposal.items.all():
        given = answers.get(item.pk, {})
        if item.kind != ProposalItem.Kind.EDIT:
            is_whole &= is_taken_whole(item, given)
            is_something = True
            continue
        found = merged(item, page_of(item), answers=given)
        if found.conflicts:
            raise ProposalRefused(
                _("“%(title)s” was changed meanwhile: choose at each place which words hold.") % {"title": item}
            )
        item.answers = storable_answers(given)
        item.save()
        asked = merged(item, page_of(item), answers={})
        places = {change.path: change.proposed for change in (*asked.changes, *asked.conflicts)}
        is_whole &= all(answer.value == places.get(path) for path, answer in given.items())
        is_something |= bool(found.changes)
    if not is_something:
        raise ProposalRefused(_("Nothing of it would be changed: decline it, and say why."))
    return State.ACCEPTED if is_whole else State.PARTLY


def is_taken_whole(item: ProposalItem, given: Mapping[Path, Answer]) -> bool:
    """Of something new: whether each of its words holds as it was proposed."""
    if item.kind != ProposalItem.Kind.NEW:
        return True
    is_whole = all(answer.value == item.proposed.get(path[0]) for path, answer in given.items())
    if is_whole and item.language != source_language():
        raise ProposalRefused(
            _("“%(title)s” is in another language: put it into the one that texts are written in, “in these words”.")
            % {"title": item.page_title}
        )
    item.answers = storable_answers(given)
    item.save()
    return is_whole


def page_of(item: ProposalItem) -> Any:
    if item.subject is None:
        raise ProposalRefused(_("“%(title)s” doesn't exist any more.") % {"title": item.page_title})
    return item.subject


def locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def pass_on(proposal: Proposal, state: State, *, by: Any, at: datetime, why: str = "") -> Proposal:
    """Into its next state: recorded for each of its pages, and told to who proposed it."""
    proposal.state = state
    proposal.save()
    for item in proposal.items.select_related("page"):
        details = {"title": str(proposal), "reason": why, "proposal": proposal.number}
        record(
            action=f"proposal.{state}",
            by=by,
            at=at,
            page=item.page,
            organisation=proposal.organisation,
            details=details,
        )
    queue.put(mails.tell_proposer, proposal.pk, str(state))
    return proposal
