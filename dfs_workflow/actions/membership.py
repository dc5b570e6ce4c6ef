"""Members, focal points, leavers, and the yearly question whether everybody is still there."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import APIToken

from dfs_workflow import permissions
from dfs_workflow.actions.history import record
from dfs_workflow.models import (
    MOST_FOCAL_POINTS,
    Capability,
    Invitation,
    Membership,
    Organisation,
    OrganisationDomain,
    PeopleRefused,
)
from dfs_workflow.models.one_person import counted_with
from dfs_workflow.models.own_reasons import NOT_CONFIRMED
from dfs_workflow.notifications import people as mails
from dfs_workflow.notifications import queue

logger = logging.getLogger(__name__)

YEAR = timedelta(days=365)
REMIND_BEFORE = (timedelta(days=30), timedelta(days=7), timedelta(0))
GRACE = timedelta(days=30)


@transaction.atomic
def start_membership(*, user: Any, invitation: Invitation, at: datetime) -> Membership:
    """The invitation is the permission; its sender answers for it."""
    if Membership.objects.active().filter(user=user).exists():
        raise PeopleRefused(_("You already speak for an organisation. Leave it first, then open the link again."))
    organisation = Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    membership = Membership.objects.create(
        organisation=organisation,
        user=user,
        role=invitation.role,
        job_title=invitation.job_title,
        focal_slot=free_slot(organisation) if invitation.as_focal_point else None,
        started_at=at,
        started_by=invitation.invited_by,
        confirmed_at=at,
        confirmed_by=invitation.invited_by,
    )
    record(action="membership.started", by=invitation.invited_by, about=user, at=at, organisation=organisation)
    return membership


@transaction.atomic
def add_membership(*, by: Any, user: Any, organisation: Organisation, at: datetime, **fields: Any) -> Membership:
    """For somebody who has an account already, by a steward; also by a command, with nobody."""
    if by is not None:
        permissions.require(by, Capability.MANAGE_PLATFORM)
    if Membership.objects.active().filter(user=user).exists():
        raise PeopleRefused(_("This person already speaks for an organisation."))
    membership = Membership.objects.create(
        user=user, organisation=organisation, started_at=at, started_by=by, confirmed_at=at, confirmed_by=by, **fields
    )
    record(action="membership.started", by=by, about=user, at=at, organisation=organisation)
    return membership


def free_slot(organisation: Organisation) -> int:
    taken = set(Membership.objects.filter(organisation=organisation).values_list("focal_slot", flat=True))
    free = [number for number in range(1, MOST_FOCAL_POINTS + 1) if number not in taken]
    if not free:
        raise PeopleRefused(_("%(organisation)s has two focal points already.") % {"organisation": organisation})
    return free[0]


@transaction.atomic
def set_focal_point(*, by: Any, membership: Membership, is_focal_point: bool, at: datetime) -> None:
    """Only stewards: a focal point can't make another one."""
    permissions.require(by, Capability.MANAGE_PLATFORM)
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    locked = Membership.objects.active().select_for_update(of=("self",)).get(pk=membership.pk)
    if locked.is_focal_point == is_focal_point:
        return
    locked.focal_slot = free_slot(organisation) if is_focal_point else None
    if is_focal_point:
        vouch(locked, by)
    locked.save(update_fields=["focal_slot", "vouched_by"])
    if not permissions.looks_after(locked.user, organisation):
        end_invitations(of=locked.user, by=by, at=at)
    action = "membership.focal_point" if is_focal_point else "membership.no_focal_point"
    record(action=action, by=by, about=locked.user, at=at, organisation=organisation)


@transaction.atomic
def end_membership(*, by: Any, membership: Membership, reason: str, at: datetime) -> None:
    """Closes the account with it: its sessions, tokens and links open nothing from this moment on."""
    if by is not None and by.pk != membership.user_id:
        permissions.require(by, Capability.MANAGE_PEOPLE, organisation=membership.organisation)
    if not reason.strip():
        raise PeopleRefused(_("Say why the membership ends."))
    locked = Membership.objects.active().select_for_update(of=("self",)).filter(pk=membership.pk).first()
    if locked is None:
        raise PeopleRefused(_("This membership has ended already."))
    locked.focal_slot, locked.ended_at, locked.ended_by, locked.end_reason = None, at, by, reason
    locked.is_listed = locked.shows_job_title = locked.may_be_contacted = False
    locked.save()
    about = locked.user
    record(
        action="membership.ended",
        by=by,
        about=about,
        details={"reason": reason},
        at=at,
        organisation=membership.organisation,
    )
    close_account(about, by=by, at=at)
    queue.put(mails.tell_ended, locked.pk)


def close_account(user: Any, *, by: Any, at: datetime) -> None:
    """An inactive account is refused by every session, login, reset and token; the rest makes it final."""
    user.groups.clear()
    user.user_permissions.clear()
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    APIToken.objects.filter(user=user).delete()
    end_invitations(of=user, by=by, at=at)


def end_invitations(*, of: Any, by: Any, at: datetime) -> None:
    """Nobody answers any more for whom this person invited; the link says so."""
    for row in Invitation.objects.open(at).filter(invited_by=of).select_related("organisation"):
        row.withdrawn_at, row.withdrawn_by = at, by
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(action="invitation.withdrawn", by=by, at=at, organisation=row.organisation)


@transaction.atomic
def confirm_membership(*, by: Any, membership: Membership, at: datetime) -> None:
    """By somebody else, as the question is whether that person is still there."""
    permissions.require(by, Capability.MANAGE_PEOPLE, organisation=membership.organisation)
    if by.pk == membership.user_id:
        raise PeopleRefused(_("Somebody else has to confirm that you are still there."))
    locked = Membership.objects.active().select_for_update(of=("self",)).get(pk=membership.pk)
    locked.confirmed_at, locked.confirmed_by, locked.reminded_at = at, by, None
    vouch(locked, by)
    locked.save(update_fields=["confirmed_at", "confirmed_by", "reminded_at", "vouched_by"])
    record(action="membership.confirmed", by=by, about=locked.user, at=at, organisation=membership.organisation)


def vouch(membership: Membership, by: Any) -> None:
    """From now on two people know who this is; not saved. Stewards are known to the operator, who made them that;
    anybody else may be who let this person in, under another name."""
    known = {pk for pk in (membership.started_by_id, membership.user_id) if pk}
    if not by.has_perm(permissions.STEWARD):
        known = counted_with(known)
    if membership.vouched_by_id is None and by.pk not in known:
        membership.vouched_by = by


def review_memberships(*, at: datetime) -> tuple[int, int]:
    """Reminds before the year is over, and ends what nobody confirmed; says how many of each. Safe to repeat."""
    reminded = ended = 0
    for membership in Membership.objects.confirmed_before(at - YEAR + REMIND_BEFORE[0]).select_related("organisation"):
        due = membership.confirmed_at + YEAR
        if at >= due + GRACE:
            ended += has_ended(membership, at=at)
        elif is_due(membership, due, at):
            remind(membership, at=at)
            reminded += 1
    return reminded, ended


def has_ended(membership: Membership, *, at: datetime) -> bool:
    """Not where the platform would be left with too few stewards: the others are looked after all the same."""
    try:
        end_membership(by=None, membership=membership, reason=NOT_CONFIRMED, at=at)
    except PeopleRefused as refusal:
        logger.error("Membership %s is not confirmed and can't be ended: %s", membership.pk, refusal)
        return False
    return True


def is_due(membership: Membership, due: datetime, at: datetime) -> bool:
    """The latest of the moments to remind has passed, and nobody was reminded since."""
    passed = [due - before for before in REMIND_BEFORE if due - before <= at]
    return membership.reminded_at is None or membership.reminded_at < passed[-1]


@transaction.atomic
def remind(membership: Membership, *, at: datetime) -> None:
    membership.reminded_at = at
    membership.save(update_fields=["reminded_at"])
    queue.put(mails.remind_to_confirm, membership.pk)


@transaction.atomic
def verify_domain(*, by: Any, organisation: Organisation, domain: str, at: datetime) -> OrganisationDomain:
    permissions.require(by, Capability.MANAGE_PLATFORM)
    domain = domain.strip().lower().lstrip("@")
    taken = OrganisationDomain.objects.filter(domain=domain).select_related("organisation").first()
    if taken:
        raise PeopleRefused(_("%(domain)s belongs to %(organisation)s already.") % vars_of(taken))
    row = OrganisationDomain.objects.create(organisation=organisation, domain=domain, verified_at=at, verified_by=by)
    record(action="domain.verified", by=by, at=at, organisation=organisation, details={"domain": domain})
    return row


def vars_of(row: OrganisationDomain) -> dict[str, Any]:
    return {"domain": row.domain, "organisation": row.organisation}


@transaction.atomic
def set_consents(*, by: Any, at: datetime, **consents: bool) -> None:
    """What counterparts may see of me; taken back as easily as given."""
    membership = Membership.objects.active().filter(user=by).first()
    if membership is None:
        raise PeopleRefused(_("You are a member of no organisation."))
    for name, value in consents.items():
        setattr(membership, name, value)
    membership.save()
    record(action="membership.consents", by=by, about=by, at=at, details=dict(consents))
