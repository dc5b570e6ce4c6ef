"""Everything the platform keeps about one person, for that person."""

from importlib import import_module
from typing import Any

from dfs_workflow import conf
from dfs_workflow.models import (
    Absence,
    Adoption,
    CharterAcceptance,
    ConsultationAnswer,
    Invitation,
    JoinRequest,
    MailChoice,
    Membership,
    OutgoingMail,
    Override,
    Proposal,
    ProposalRemark,
    ReaderComment,
    Vote,
)
from dfs_workflow.reports import timeline
from dfs_workflow.translation.models import SegmentComment

ACCOUNT = ("username", "first_name", "last_name", "email", "date_joined", "last_login")
MEMBERSHIP = (
    *("organisation__name", "role", "job_title", "focal_slot", "started_at", "confirmed_at", "ended_at", "end_reason"),
    *("is_listed", "shows_job_title", "may_be_contacted"),
)
REQUEST = ("name", "email", "job_title", "new_organisation", "why", "asked_at", "decided_at", "is_approved", "reason")
PROPOSAL = ("number", "title", "state", "reason", "source", "submitted_at", "decision_reason")
PART = ("kind", "page_title", "reference", "language", "proposed", "details")
COMMENT = ("kind", "state", "language", "country", "comment", "submit_date", "edited_at", "decision_reason")
ANSWER = ("number", "member", "clause__reference", "clause_text", "kind", "comment", "proposed_change", "at")
CHOICE = ("pace", "tells_at_once", "languages", "chapters")
MAIL = ("kind", "address", "language", "state", "created_at", "sent_at")
INVITATION = ("organisation__name", "email", "name", "job_title", "role", "invited_at", "used_at", "withdrawn_at")


def personal_data(user: Any) -> dict[str, Any]:
    data = {
        "account": {name: getattr(user, name) for name in ACCOUNT},
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "memberships": list(Membership.objects.filter(user=user).values(*MEMBERSHIP)),
        "requests_to_join": list(JoinRequest.objects.filter(email__iexact=user.email).values(*REQUEST)),
        "invitations": list(Invitation.objects.filter(email__iexact=user.email).values(*INVITATION)),
        "charter": list(CharterAcceptance.objects.filter(user=user).values("charter__number", "at")),
        "proposals": proposals_of(user),
        "remarks": list(ProposalRemark.objects.filter(by=user).values("proposal__number", "at", "text")),
        "comments": list(ReaderComment.objects.filter(user=user).values("organisation__name", *COMMENT)),
        "adoptions": list(Adoption.objects.filter(recorded_by=user).values("state", "instrument", "link", "date")),
        "consultations": list(ConsultationAnswer.objects.filter(by=user).values("consultation__title", *ANSWER)),
        "votes": list(Vote.objects.filter(user=user).values("organisation__name", "comment", "at")),
        "absence": list(Absence.objects.filter(user=user).values("delegate__username", "first_day", "last_day")),
        "emergencies": list(Override.objects.filter(by=user).values("title", "reason", "at")),
        "comments_on_sentences": list(SegmentComment.objects.filter(by=user).values("text", "at")),
        "mail_choice": MailChoice.objects.filter(user=user).values(*CHOICE).first(),
        "mails": list(OutgoingMail.objects.filter(address__iexact=user.email).values(*MAIL)),
        "history": [
            {"number": entry.number, "at": entry.at, "action": entry.action, "parts": values(entry, user)}
            for entry in timeline.of_person(user).prefetch_related("people")
        ],
    }
    for name in conf.personal_data():
        data |= import_module(name).export(user)
    return data


def proposals_of(user: Any) -> list[dict[str, Any]]:
    """Each with the words that were proposed, page by page."""
    rows = Proposal.objects.filter(proposed_by=user).prefetch_related("items")
    return [
        {name: getattr(row, name) for name in PROPOSAL}
        | {"parts": [{name: getattr(part, name) for name in PART} for part in row.items.all()]}
        for row in rows
    ]


def values(entry: Any, user: Any) -> dict[str, Any]:
    """Only the parts about this person; the others are about somebody else."""
    return {row.part: entry.value(row.part) for row in entry.people.all() if row.user_id == user.pk}
