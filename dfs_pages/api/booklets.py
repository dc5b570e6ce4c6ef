"""Booklets for other systems: what there is of one, and having it made."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from ninja import Query, Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field, field_validator

from dfs_pages.api.schemas import LanguageQuery, known_language
from dfs_pages.exporters.booklets import shelf
from dfs_pages.exporters.booklets.making import FORMATS, subject_of
from dfs_pages.models import BookletFile
from dfs_pages.query import source_language
from dfs_pages.views.booklets import HOME, is_too_often, needs_making
from dfs_workflow.api import Problem
from dfs_workflow.models import ContentVersion

router = Router(tags=["booklets"])
Kind = Literal["pdf", "docx", "epub", "zip"]
PATH = Field("", max_length=500, description="As in the address: recommendations/sim-swap or e/2026-1; empty for all")


class BookletOut(Schema):
    """`url` answers with the file once the state is `done`; `sha256` is that of its bytes."""

    format: Kind
    state: Literal["absent", "waiting", "making", "done", "failed"]
    url: str
    size: int
    sha256: str


class BookletsOut(Schema):
    items: list[BookletOut]


class BookletQuery(LanguageQuery):
    path: str = PATH


class BookletIn(Schema):
    path: str = PATH
    language: str = Field(default_factory=source_language)
    format: Kind

    check_language = field_validator("language")(known_language)


@router.get("/booklets", response={200: BookletsOut, 404: Problem, 422: Problem})
def booklets(request: HttpRequest, query: Query[BookletQuery]) -> dict[str, Any]:
    """The files of a chapter, catalogue, list, edition or the whole site in one language; the ZIP has all languages."""
    path = known(query.path, query.language)
    rows = {kind: shelf.find(path, query.language, kind) for kind in FORMATS}
    return {"items": [values(request, path, query.language, kind, row) for kind, row in rows.items()]}


@router.post(
    "/booklets", response={200: BookletOut, 202: BookletOut, 404: Problem, 422: Problem, 429: Problem, 503: Problem}
)
def make(request: HttpRequest, data: BookletIn) -> Any:
    """Has a file made that isn't there or whose content has changed; ask again until its state is `done`."""
    path = known(data.path, data.language)
    row = shelf.find(path, data.language, data.format)
    if row is None or needs_making(row):
        if is_too_often(request):
            raise HttpError(429, "Too many booklets were asked for from this address. Wait an hour.")
        try:
            row = shelf.ask(path, data.language, data.format, at=timezone.now())
        except shelf.TooManyWaiting as error:
            raise HttpError(503, "Many booklets are being made. Wait a minute, then ask again.") from error
    is_ready = row.is_ready(ContentVersion.current())
    return Status(200 if is_ready else 202, values(request, path, data.language, data.format, row))


def known(path: str, language: str) -> str:
    path = path.strip("/")
    if "\0" in path or subject_of(path, language) is None:
        raise Http404
    return path


def values(request: HttpRequest, path: str, language: str, kind: str, row: BookletFile | None) -> dict[str, Any]:
    """One that has to be made anew is as good as absent."""
    with override(language):
        address = reverse("dfs_pages:booklet", args=[path or HOME, kind])
    is_ready = row is not None and row.is_ready(ContentVersion.current())
    state = "absent" if row is None or needs_making(row) else row.state
    return {
        "format": kind,
        "state": state,
        "url": request.build_absolute_uri(address),
        "size": row.size if row and is_ready else 0,
        "sha256": row.sha256 if row and is_ready else "",
    }
