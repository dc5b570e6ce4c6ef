"""The public API at /api/v1/: each app owns its router, the site composes them."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from dfs_mou.api import router as mou_router
from dfs_pages.api import router as pages_router
from dfs_workflow.api import add_problem_handlers, problem
from dfs_workflow.api import router as workflow_router

api = NinjaAPI(
    title="DFS Security Knowledge Platform",
    version="1.0.0",
    description="Recommendations, controls, glossary, directory and model MOU. Not an official ITU text.",
    urls_namespace="api-v1",
)
api.add_router("", pages_router)
api.add_router("", workflow_router)
api.add_router("", mou_router)
add_problem_handlers(api)


def unknown_path(request: HttpRequest, path: str = "") -> HttpResponse:
    """Without a redirect to a language: other systems get an error they can read."""
    return problem(api, request, 404, "Not found", "There is no such address. See /api/v1/openapi.json.")
