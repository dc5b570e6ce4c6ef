"""Who did what, when and why: one readable line each, for a page, an organisation or a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry

from dfs_workflow.models import Decision, HistoryEntry, Organisation, own_reasons

ACTIONS: dict[str, Any] = {
    "membership.started": gettext_lazy("became a member"),
    "membership.ended": gettext_lazy("is no member any more"),
    "membership.confirmed": gettext_lazy("was confirmed for another year"),
    "membership.focal_point": gettext_lazy("became a focal point"),
    "membership.no_focal_point": gettext_lazy("is no focal point any more"),
    "membership.consents": gettext_lazy("chose what counterparts may see"),
    "second_factor.reset": gettext_lazy("second factor reset"),
    "invitation.sent": gettext_lazy("invitation sent"),
    "invitation.withdrawn": gettext_lazy("invitation withdrawn"),
    "join_request.declined": gettext_lazy("request to join declined"),
    "domain.verified": gettext_lazy("mail domain verified"),
    "charter.published": gettext_lazy("charter published"),
    "charter.accepted": gettext_lazy("charter accepted"),
    "proposal.submitted": gettext_lazy("proposed a change"),
    "proposal.in-review": gettext_lazy("proposal in review"),
    "proposal.accepted": gettext_lazy("proposal accepted"),
    "proposal.partly": gettext_lazy("proposal accepted in part"),
    "proposal.declined": gettext_lazy("proposal declined"),
    "proposal.applied": gettext_lazy("proposal applied"),
    "rule.changed": gettext_lazy("rule for a kind of organisation changed"),
    "comment.shown": gettext_lazy("comment accepted"),
    "comment.removed": gettext_lazy("comment removed"),
    "consultation.opened": gettext_lazy("consultation opened"),
    "consultation.closed": gettext_lazy("consultation closed"),
    "adoption.published": gettext_lazy("adoption published"),
    "adoption.withdrawn": gettext_lazy("adoption taken out"),
    "fact_check.confirmed": gettext_lazy("an outside expert confirmed the facts"),
    "fact_check.doubted": gettext_lazy("an outside expert doubted the facts"),
    "person.erased": gettext_lazy("a person was erased"),
    "history.forgotten": gettext_lazy("details about a person were emptied"),
}


@dataclass(frozen=True)
class Line:
    number: int
    at: datetime
    action: str
    by: str
    about: str
    why: str
    title: str


def of_page(page_id: int) -> QuerySet[HistoryEntry]:
    return HistoryEntry.objects.filter(page_id=page_id)


def of_organisation(organisation: Organisation) -> QuerySet[HistoryEntry]:
    return HistoryEntry.objects.filter(organisation_id=organisation.pk)


def of_person(user: Any) -> QuerySet[HistoryEntry]:
    return HistoryEntry.objects.filter(people__user_id=user.pk).distinct()


def lines(entries: Iterable[HistoryEntry]) -> Iterator[Line]:
    for entry in entries:
        details = entry.value("details") or {}
        yield Line(
            number=entry.number,
            at=entry.at,
            action=label(entry.action),
            by=name_in(entry, "by"),
            about=name_in(entry, "about"),
            why=why(details),
            title=details.get("title", ""),
        )


def name_in(entry: HistoryEntry, part: str) -> str:
    if part not in entry.digests:
        return ""
    return (entry.value(part) or {}).get("name") or _("a person who was erased")


def why(details: dict[str, Any]) -> str:
    """The reason, or what there is instead; below it what readers are told."""
    data = details.get("data") or {}
    found = details.get("reason") or details.get("domain") or data.get("comment") or data.get("reason") or ""
    told = details.get("public_reason")
    words = _("Readers are told: %(words)s") % {"words": told} if told else ""
    return "\n".join(filter(None, [own_reasons.read(found), words]))


def label(action: str) -> str:
    if action in ACTIONS:
        return capfirst(ACTIONS[action])
    family, _dot, kind = action.partition(".")
    if family == "decision" and kind in Decision.Kind.values:
        return capfirst(Decision.Kind(kind).label)
    return capfirst(registry.get_action_label(action)) if registry.action_exists(action) else action
