"""The typed API: the pieces every router uses, and the directory of organisations.

A router is added to the site's `NinjaAPI`; `add_problem_handlers(api)` gives all errors the same shape.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Router, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import ConfigDict, Field, ValidationInfo, model_validator

from dfs_workflow.models import Organisation

Item = TypeVar("Item")
MAXIMUM_LIMIT = 100
PROBLEM_TYPE = "application/problem+json"


class Strict(Schema):
    """Query parameters; one that is not named here is refused with 422 instead of being ignored."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown(cls, values: Any, info: ValidationInfo) -> Any:
        """Ninja passes on only what it knows, so the request itself is asked."""
        request = (info.context or {}).get("request")
        unknown = sorted(set(request.GET) - set(cls.model_fields)) if request else []
        if unknown:
            raise ValueError(f"there is no filter “{unknown[0][:60]}”")
        if request and any("\0" in value for value in request.GET.values()):
            raise ValueError("a value holds a character that no text has")
        twice = [name for name, given in request.GET.lists() if len(given) > 1] if request else []
        if twice:
            raise ValueError(f"“{twice[0]}” is given more than once")
        return values


class StrictQuery(Strict):
    """Those of a list."""

    limit: int = Field(20, ge=1, le=MAXIMUM_LIMIT)
    offset: int = Field(0, ge=0, le=1_000_000)


class PageOfResults(Schema, Generic[Item]):
    count: int
    limit: int
    offset: int
    items: list[Item]


class WrongValue(Schema):
    place: list[str]
    code: str
    message: str


class Problem(Schema):
    """RFC 9457, with one entry in `errors` for each value that is wrong."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[WrongValue] = []


def page_of(queryset: QuerySet[Any], query: StrictQuery) -> dict[str, Any]:
    return {
        "count": queryset.count(),
        "limit": query.limit,
        "offset": query.offset,
        "items": list(queryset[query.offset : query.offset + query.limit]),
    }


def problem(
    api: NinjaAPI, request: HttpRequest, status: int, title: str, detail: str, errors: Sequence[WrongValue] = ()
) -> HttpResponse:
    body = Problem(title=title, status=status, detail=detail, errors=list(errors))
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = PROBLEM_TYPE
    return response


def add_problem_handlers(api: NinjaAPI) -> None:
    """Called once by whoever composes the API."""

    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        details = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in error.errors)
        errors = [
            WrongValue(place=[str(part) for part in row["loc"]], code=row["type"], message=row["msg"])
            for row in error.errors
        ]
        return problem(api, request, 422, "The request can't be understood", details, errors)

    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(api, request, 404, "Not found", "There is nothing public at this address.")

    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(api, request, error.status_code, "Refused", str(error))

    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(Http404, missing)
    api.add_exception_handler(HttpError, refused)


router = Router(tags=["organisations"])


class CountryOut(Schema):
    code: str
    name: str


class OrganisationOut(Schema):
    key: str
    kind: Organisation.Kind
    name: str
    acronym: str
    website: str
    countries: list[CountryOut]
    source_note: str
    needs_check: bool

    @staticmethod
    def resolve_countries(organisation: Organisation) -> list[Any]:
        return list(organisation.countries.all())


class OrganisationQuery(StrictQuery):
    country: str | None = Field(None, pattern="^[A-Za-z]{2}$", description="Two-letter country code")
    kind: Organisation.Kind | None = None


@router.get("/organisations", response={200: PageOfResults[OrganisationOut], 422: Problem})
def organisations(request: HttpRequest, query: Query[OrganisationQuery]) -> dict[str, Any]:
    """The directory: who regulates telecommunications and payments in a country."""
    found = Organisation.objects.prefetch_related("countries")
    if query.country:
        found = found.filter(countries__code=query.country.upper())
    if query.kind:
        found = found.filter(kind=query.kind)
    return page_of(found, query)
