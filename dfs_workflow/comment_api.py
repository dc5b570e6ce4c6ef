"""Comments in the typed API: what this reader may see, by the same query as everywhere."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from dfs_workflow.api import PageOfResults, Problem, StrictQuery, page_of
from dfs_workflow.comments import visible
from dfs_workflow.models import PermanentReference, ReaderComment
from dfs_workflow.restrictions import passed_by

router = Router(tags=["comments"])


class CommentOut(Schema):
    """Its author is not named: `organisation` is whom the author spoke for."""

    id: int
    translation_key: UUID
    kind: ReaderComment.Kind
    language: str
    text: str
    organisation: str
    country: str
    at: datetime
    edited_at: datetime | None
    answers: int | None

    @staticmethod
    def resolve_text(comment: ReaderComment) -> str:
        return str(comment.comment)

    @staticmethod
    def resolve_organisation(comment: ReaderComment) -> str:
        return str(comment.organisation or "")

    @staticmethod
    def resolve_at(comment: ReaderComment) -> datetime:
        return comment.submit_date  # type: ignore[no-any-return]

    @staticmethod
    def resolve_answers(comment: ReaderComment) -> int | None:
        return None if comment.parent_id == comment.pk else comment.parent_id


class CommentQuery(StrictQuery):
    reference: str | None = Field(None, max_length=40, description="Permanent reference, such as SIM-MNO-03")
    kind: ReaderComment.Kind | None = None
    country: str | None = Field(None, pattern="^[A-Za-z]{2}$", description="Two-letter country code")


@router.get("/comments", response={200: PageOfResults[CommentOut], 422: Problem})
def comments(request: HttpRequest, response: HttpResponse, query: Query[CommentQuery]) -> dict[str, Any]:
    """What readers say, the newest first."""
    response["Cache-Control"] = "private, no-store"
    found = visible.comments_for(request.user, passed_by(request)).filter(state=ReaderComment.State.SHOWN)
    if query.reference:
        keys = PermanentReference.objects.filter(pk=query.reference.upper()).values("translation_key")
        found = found.filter(translation_key__in=keys)
    if query.kind:
        found = found.filter(kind=query.kind)
    if query.country:
        found = found.filter(country=query.country.upper())
    return page_of(found.order_by("-submit_date", "-pk"), query)
