"""As open as the page that is consulted on. Answers are public once it is closed; before, each organisation sees its
own and those who manage it see all. A clause whose page is closed to a reader is not there for them."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from dfs_workflow.comments.visible import on_readable_pages
from dfs_workflow.models import Capability, Consultation, ConsultationAnswer, PermanentReference
from dfs_workflow.permissions import Standing
from dfs_workflow.restrictions import hidden_from

MANAGE = "dfs_workflow.manage_consultations"


def can_manage(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm(MANAGE))


def consultations_for(user: Any, passed: Collection[int] = ()) -> Any:
    return on_readable_pages(Consultation.objects.all(), user, passed)


def clauses_for(consultation: Consultation, user: Any, passed: Collection[int] = ()) -> Any:
    """Without those whose page was closed to this reader since it opened."""
    return consultation.clauses.exclude(reference__in=closed_references(user, passed))


def closed_references(user: Any, passed: Collection[int]) -> Any:
    closed = Page.objects.filter(hidden_from(user, passed)).order_by().values("translation_key")
    return PermanentReference.objects.filter(translation_key__in=closed).values("reference")


def answers_for(consultation: Consultation, user: Any, known: Standing, passed: Collection[int] = ()) -> Any:
    rows = ConsultationAnswer.objects.filter(consultation=consultation)
    rows = rows.exclude(clause__reference__in=closed_references(user, passed))
    rows = rows.select_related("clause", "organisation", "disposition").order_by("number")
    if consultation.is_closed or can_manage(user):
        return rows
    if known.membership is None or not known.can(Capability.ANSWER_CONSULTATION):
        return rows.none()
    return rows.filter(Q(organisation=known.membership.organisation))


def undecided_out_of_sight(consultation: Consultation, user: Any, passed: Collection[int] = ()) -> Any:
    """Answers that keep it from being closed, on clauses whose page is closed to this reader."""
    return consultation.answers.filter(disposition=None, clause__reference__in=closed_references(user, passed))
