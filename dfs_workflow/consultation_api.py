"""Consultations in the typed API: what this reader sees on their pages, and nothing else."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from dfs_workflow import permissions
from dfs_workflow.api import PageOfResults, Problem, StrictQuery, page_of
from dfs_workflow.consultations import visible
from dfs_workflow.models import Consultation, ConsultationAnswer, Disposition, PermanentReference
from dfs_workflow.restrictions import passed_by

router = Router(tags=["consultations"])
State = Literal["open", "deciding", "closed"]
PRIVATE = "private, no-store"


class ConsultationOut(Schema):
    """`reference`: of the text it is about, if that has one. `answers` is told once it is closed."""

    id: int
    title: str
    translation_key: UUID
    reference: str
    edition: str | None
    earlier_round: int | None
    opened_at: datetime
    closes_on: date
    closed_at: datetime | None
    state: State
    answers: int | None

    @staticmethod
    def resolve_reference(row: Any) -> str:
        return row.about or ""

    @staticmethod
    def resolve_edition(row: Any) -> str | None:
        return row.edition.number if row.edition else None

    @staticmethod
    def resolve_state(row: Consultation) -> State:
        return "closed" if row.is_closed else "open" if row.takes_answers else "deciding"

    @staticmethod
    def resolve_answers(row: Any) -> int | None:
        return row.count if row.is_closed else None


class ClauseOut(Schema):
    reference: str
    title: str


class WholeOut(ConsultationOut):
    clauses: list[ClauseOut]

    @staticmethod
    def resolve_clauses(row: Any) -> Iterable[Any]:
        return row.open_clauses


class DispositionOut(Schema):
    outcome: Disposition.Outcome
    reason: str
    link: str
    at: datetime


class AnswerOut(Schema):
    """One line of the form. `clause` is empty for the whole, and as it was written where it is none of the clauses."""

    number: int
    member: str
    clause: str
    kind: ConsultationAnswer.Kind
    comment: str
    proposed_change: str
    disposition: DispositionOut | None

    @staticmethod
    def resolve_clause(row: ConsultationAnswer) -> str:
        return str(row.clause_name)

    @staticmethod
    def resolve_disposition(row: ConsultationAnswer) -> Any:
        return getattr(row, "disposition", None)


class ConsultationQuery(StrictQuery):
    state: State | None = None


class AnswerQuery(StrictQuery):
    outcome: Disposition.Outcome | None = None


@router.get("/consultations", response={200: PageOfResults[ConsultationOut], 422: Problem})
def consultations(request: HttpRequest, response: HttpResponse, query: Query[ConsultationQuery]) -> dict[str, Any]:
    """The newest first."""
    response["Cache-Control"] = PRIVATE
    rows = seen(request)
    return page_of(rows.filter(in_state(query.state)) if query.state else rows, query)


@router.get("/consultations/{int:number}", response={200: WholeOut, 404: Problem})
def consultation(request: HttpRequest, response: HttpResponse, number: int) -> Consultation:
    """One with its clauses."""
    response["Cache-Control"] = PRIVATE
    row = found(request, number)
    row.open_clauses = visible.clauses_for(row, request.user, passed_by(request))
    return row


@router.get("/consultations/{int:number}/answers", response={200: PageOfResults[AnswerOut], 404: Problem, 422: Problem})
def answers(request: HttpRequest, response: HttpResponse, number: int, query: Query[AnswerQuery]) -> dict[str, Any]:
    """All with their dispositions once it is closed; before, whoever answered asks for their own on the site."""
    response["Cache-Control"] = PRIVATE
    rows = visible.answers_for(
        found(request, number), request.user, permissions.standing(request.user), passed_by(request)
    )
    return page_of(rows.filter(disposition__outcome=query.outcome) if query.outcome else rows, query)


def seen(request: HttpRequest) -> QuerySet[Any]:
    rows = visible.consultations_for(request.user, passed_by(request))
    about = PermanentReference.objects.filter(translation_key=OuterRef("translation_key")).values("reference")[:1]
    earlier = rows.order_by().filter(pk=OuterRef("previous_id")).values("pk")[:1]
    annotated: QuerySet[Any] = rows.select_related("edition").annotate(
        count=Count("answers"), about=Subquery(about), earlier_round=Subquery(earlier)
    )
    return annotated


def found(request: HttpRequest, number: int) -> Any:
    row = seen(request).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def in_state(state: State) -> Q:
    today = timezone.localdate()
    if state == "closed":
        return Q(closed_at__isnull=False)
    return Q(closed_at=None) & (Q(closes_on__gte=today) if state == "open" else Q(closes_on__lt=today))
