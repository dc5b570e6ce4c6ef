"""The register of adoptions in the typed API: what this reader sees in it on the site."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from dfs_workflow import permissions
from dfs_workflow.api import CountryOut, PageOfResults, Problem, StrictQuery, page_of
from dfs_workflow.comments.adoptions import adoptions_for
from dfs_workflow.models import Adoption, PermanentReference
from dfs_workflow.restrictions import passed_by

router = Router(tags=["adoptions"])


class AdoptionOut(Schema):
    """`published_at` is empty only for members who look at what their own organisation has not published yet."""

    reference: str
    translation_key: UUID
    organisation: str
    organisation_name: str
    countries: list[CountryOut]
    state: Adoption.State
    instrument: str
    link: str
    date: date | None
    published_at: datetime | None

    @staticmethod
    def resolve_reference(row: Any) -> str:
        return row.about or ""

    @staticmethod
    def resolve_organisation(row: Adoption) -> str:
        return str(row.organisation.key)

    @staticmethod
    def resolve_organisation_name(row: Adoption) -> str:
        return str(row.organisation)

    @staticmethod
    def resolve_countries(row: Adoption) -> Iterable[Any]:
        return row.organisation.countries.all()

    @staticmethod
    def resolve_published_at(row: Adoption) -> datetime | None:
        return row.approved_at


class AdoptionQuery(StrictQuery):
    reference: str | None = Field(None, max_length=40, description="Permanent reference, such as SIM-MNO-03")
    state: Adoption.State | None = None
    country: str | None = Field(None, pattern="^[A-Za-z]{2}$", description="Two-letter country code")
    organisation: str | None = Field(None, max_length=100, description="Its key in the directory")


@router.get("/adoptions", response={200: PageOfResults[AdoptionOut], 422: Problem})
def adoptions(request: HttpRequest, response: HttpResponse, query: Query[AdoptionQuery]) -> dict[str, Any]:
    """Who adopted, plans or has an equivalent of which statement, by the name of the organisation."""
    response["Cache-Control"] = "private, no-store"
    references = PermanentReference.objects.filter(translation_key=OuterRef("translation_key"))
    found = adoptions_for(request.user, permissions.standing(request.user), passed_by(request))
    found = found.annotate(about=Subquery(references.values("reference")[:1]))
    if query.reference:
        found = found.filter(about=query.reference.upper())
    if query.state:
        found = found.filter(state=query.state)
    if query.country:
        found = found.filter(organisation__countries__code=query.country.upper())
    if query.organisation:
        found = found.filter(organisation__key=query.organisation)
    return page_of(found, query)
