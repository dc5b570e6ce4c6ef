"""Forgetting: a person on their request, and what has served its purpose."""

from datetime import datetime
from importlib import import_module
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from dfs_workflow import conf
from dfs_workflow.actions.comments import forget_comments
from dfs_workflow.actions.history import forget, record
from dfs_workflow.actions.mails import forget_mails
from dfs_workflow.actions.membership import close_account, end_membership
from dfs_workflow.models import (
    Absence,
    Adoption,
    ConsultationAnswer,
    Decision,
    DigestWindow,
    Edition,
    FactCheck,
    Invitation,
    JoinRequest,
    Membership,
    OutgoingMail,
    Override,
    Proposal,
    ProposalRemark,
    Vote,
)
from dfs_workflow.models.own_reasons import ON_REQUEST
from dfs_workflow.translation.models import Approval, Reason, SegmentComment, SourceChange

NAMED: tuple[tuple[Any, str, str], ...] = (
    (Vote, "user", "name"),
    (Override, "by", "by_name"),
    (Override, "closed_by", "closed_by_name"),
    (Edition, "proposed_by", "proposed_by_name"),
    (Edition, "frozen_by", "frozen_by_name"),
    (Approval, "by", "by_name"),
    (Reason, "by", "by_name"),
    (SegmentComment, "by", "by_name"),
    (SourceChange, "unchanged_by", "unchanged_by_name"),
)


@transaction.atomic
def erase_person(*, by: Any, user: Any, at: datetime) -> None:
    """The account stays as an empty shell, as revisions and decisions are bound to its number; nothing names it."""
    active = Membership.objects.active().filter(user=user).first()
    if active is not None:
        end_membership(by=by, membership=active, reason=ON_REQUEST, at=at)
    close_account(user, by=None, at=at)
    for name in conf.personal_data():
        import_module(name).erase(user)
    JoinRequest.objects.filter(email__iexact=user.email).delete()
    Invitation.objects.filter(Q(email__iexact=user.email) | Q(used_by=user)).delete()
    forget_mails(user)
    blank_memberships(Membership.objects.filter(user=user))
    forget_comments(user)
    Adoption.objects.filter(recorded_by=user).update(recorded_by=None)
    Adoption.objects.filter(approved_by=user).update(approved_by=None)
    ConsultationAnswer.objects.filter(by=user).update(by=None)  # what its organisation answered stays
    Decision.objects.filter(by=user).update(by_name="")
    blank_names(user)
    blank_proposals(user)
    forget(user_id=user.pk, by=by, at=at)
    get_user_model()._default_manager.filter(pk=user.pk).update(
        username=f"erased-{user.pk}", first_name="", last_name="", email="", last_login=None
    )
    record(action="person.erased", by=None, at=at)


def blank_memberships(rows: Any) -> None:
    keys = list(rows.values_list("pk", flat=True))
    rows.update(job_title="", end_reason="", is_listed=False, shows_job_title=False, may_be_contacted=False)
    Membership.history.filter(id__in=keys).update(job_title="", end_reason="", history_change_reason=None)


def blank_names(user: Any) -> None:
    """Where a name is kept beside the account, for the day that the account is gone."""
    for model, person, name in NAMED:
        model._base_manager.filter(**{person: user}).update(**{name: f"erased-{user.pk}"})
    Absence.objects.filter(Q(user=user) | Q(delegate=user)).delete()


def blank_proposals(user: Any) -> None:
    """They stay, as others decided on them, and name nobody; what was never submitted goes."""
    Proposal.objects.filter(proposed_by=user, state=Proposal.State.DRAFT).delete()
    for rows in (Proposal.objects, Proposal.history):
        rows.filter(proposed_by=user).update(proposed_by_name="")
        rows.filter(decided_by=user).update(decided_by_name="")
    ProposalRemark.objects.filter(by=user).update(by_name="")


@transaction.atomic
def apply_retention(*, at: datetime) -> dict[str, int]:
    """Says how many of each; the periods are settings."""
    before = {what: at - conf.retention(what) for what in conf.RETENTION_DAYS}
    unverified = JoinRequest.objects.filter(verified_at=None, asked_at__lt=before["unverified_requests"])
    decided = JoinRequest.objects.filter(decided_at__lt=before["decided_requests"])
    closed = Invitation.objects.filter(
        Q(used_at__lt=before["closed_invitations"])
        | Q(withdrawn_at__lt=before["closed_invitations"])
        | Q(used_at=None, expires_at__lt=before["closed_invitations"])
    )
    checks = FactCheck.objects.filter(asked_at__lt=before["fact_checks"]).exclude(name="", email="")
    ended = Membership.objects.filter(ended_at__lt=before["ended_memberships"]).exclude(job_title="", end_reason="")
    counts = {
        "unverified_requests": unverified.delete()[0],
        "decided_requests": decided.delete()[0],
        "closed_invitations": closed.delete()[0],
        "ended_memberships": ended.count(),
        "fact_checks": checks.update(name="", email=""),
        "mails": OutgoingMail.objects.filter(created_at__lt=before["mails"]).delete()[0],
    }
    blank_memberships(ended)
    DigestWindow.objects.filter(until__lt=before["mails"]).delete()
    return counts
