"""The public API: each app owns its router, the site composes them at /api/v1/."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from dfs_mou.api import router as mou_router
from dfs_pages.api import router as pages_router
from dfs_workflow.api import router as workflow_router

PROBLEM = "application/problem+json"

api = NinjaAPI(
    title="DFS Security Knowledge Platform",
    version="1.0.0",
    description="Recommendations, controls, glossary, directory and model MOU. Not an official ITU text.",
    urls_namespace="api-v1",
)
api.add_router("", pages_router)
api.add_router("", workflow_router)
api.add_router("", mou_router)


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """RFC 9457: `type`, `title`, `status`, `detail`, and `errors` where single values are wrong."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"place": [str(part) for part in row["loc"]], "message": row["msg"], "code": row["type"]}
        for row in error.errors
    ]
    return problem(422, "Some values of the request are wrong or unknown; see errors.", errors=errors)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "There is nothing public at this address.")


@api.exception_handler(PermissionDenied)
def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, str(error) or "This is not allowed.")


@api.exception_handler(HttpError)
def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def unknown_path(request: HttpRequest, path: str = "") -> HttpResponse:
    return problem(404, "There is no such address in this API. See /api/v1/openapi.json.")
