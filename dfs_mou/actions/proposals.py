"""Negotiates an agreement clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from dfs_mou.actions.agreements import keep_wording
from dfs_mou.actions.links import NotAllowed, party_of, refuse_if_sealed
from dfs_mou.documents.comparison import Change, Kind
from dfs_mou.documents.wording import Wording
from dfs_mou.models import AgreementParty, ClauseProposal

Status = ClauseProposal.Status
DECISIONS = (Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN)
MOST_OPEN = 500
MOST_CHARACTERS = 1_000_000  # of all open ones: each is compared where it is shown


@transaction.atomic
def propose(
    *,
    by: Any,
    token: str,
    language: str,
    changes: Sequence[Change],
    comment: str,
    at: datetime,
    counter_to: int | None = None,
) -> list[ClauseProposal]:
    """Other wording for clauses, or with no change of the text a comment. A proposal that a comment alone answers
    stays open."""
    party = party_of(token, at, by)
    refuse_if_sealed(party.agreement)
    rows = party.agreement.proposals.filter(status=Status.OPEN)
    known = rows.aggregate(count=Count("pk"), length=Sum(Length("before") + Length("after"), default=0))
    length = known["length"] + sum(len(change.before) + len(change.after) for change in changes)
    if known["count"] + len(changes) > MOST_OPEN or length > MOST_CHARACTERS:
        raise NotAllowed(_("There are too many open proposals: decide some of them first."))
    answered = None if counter_to is None else _open(party, counter_to)
    if answered and any(change.before != change.after for change in changes):
        if (answered.key, answered.language) not in {(change.key, language) for change in changes}:
            raise NotAllowed(_("Other wording for one clause is no answer to a proposal for another."))
        _close(answered, Status.COUNTERED, party, at)
    return [
        ClauseProposal.objects.create(
            agreement=party.agreement,
            kind=ClauseProposal.Kind.COMMENT if change.before == change.after else change.kind.value,
            language=language,
            key=change.key,
            before=change.before,
            after=change.after,
            comment=comment,
            by_party=party,
            by_name=party.name,
            created_at=at,
            counter_to=answered,
        )
        for change in changes
    ]


def _open(party: AgreementParty, proposal: int) -> ClauseProposal:
    found = party.agreement.proposals.select_for_update().filter(pk=proposal, status=Status.OPEN).first()
    if found is None:
        raise NotAllowed(_("This proposal has been decided already."))
    return found


def _close(proposal: ClauseProposal, status: str, party: AgreementParty, at: datetime) -> None:
    proposal.status, proposal.decided_name, proposal.decided_at = status, party.name, at
    proposal.save(update_fields=["status", "decided_name", "decided_at"])


@transaction.atomic
def decide_proposal(
    *, by: Any, token: str, proposal: int, status: str, current: str, into: str, at: datetime
) -> ClauseProposal:
    """`current`: what the clause says now; a proposal for a text that changed since is not accepted."""
    party = party_of(token, at, by)
    refuse_if_sealed(party.agreement)
    found = _open(party, proposal)
    own = found.by_party_id == party.pk
    if status not in DECISIONS:
        raise NotAllowed(_("There is no such decision."))
    if status == Status.WITHDRAWN and not own:
        raise NotAllowed(_("Only who proposed this can withdraw it."))
    if status == Status.ACCEPTED and own and party.agreement.parties.count() > 1:
        raise NotAllowed(_("The other party accepts or declines what you proposed."))
    if status == Status.ACCEPTED and found.kind in (Kind.CHANGED, Kind.DROPPED) and current != found.before:
        raise NotAllowed(
            _("The clause has changed since this was proposed: propose it again for the text as it is now.")
        )
    _close(found, status, party, at)
    if status == Status.ACCEPTED and found.kind != ClauseProposal.Kind.COMMENT:
        wording = worded(Wording.from_json(party.agreement.wording), found, into)
        keep_wording(party.agreement, wording.to_json(), party=party, at=at)
    return found


def worded(wording: Wording, proposal: ClauseProposal, into: str) -> Wording:
    if proposal.kind == Kind.DROPPED:
        return wording.with_dropped(proposal.key)
    if proposal.kind == Kind.ADDED:
        return wording.with_added(str(proposal.pk), proposal.key, proposal.language, proposal.after)
    return wording.with_changed(proposal.language, proposal.key, proposal.after, into)
