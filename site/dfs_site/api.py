"""The public API at /api/v1/: each app owns its router, the site composes them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from dfs_mou.api import router as mou_router
from dfs_pages.api import router as pages_router
from dfs_workflow.adoption_api import router as adoptions_router
from dfs_workflow.api import PROBLEM_TYPE, add_problem_handlers, problem
from dfs_workflow.api import router as workflow_router
from dfs_workflow.comment_api import router as comments_router
from dfs_workflow.consultation_api import router as consultations_router
from dfs_workflow.edition_api import router as editions_router

PROBLEM = {"$ref": "#/components/schemas/Problem"}


class PlatformAPI(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Ninja names one media type for all answers; errors have their own, and any operation can meet one."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                responses = operation["responses"]
                for response in responses.values():
                    content = response.get("content", {})
                    if content.get("application/json", {}).get("schema") == PROBLEM:
                        content[PROBLEM_TYPE] = content.pop("application/json")
                responses["default"] = {
                    "description": "Any other refusal or error",
                    "content": {PROBLEM_TYPE: {"schema": PROBLEM}},
                }
        return schema


api = PlatformAPI(
    title="DFS Security Knowledge Platform",
    version="1.0.0",
    description="Recommendations, controls, glossary, directory and model MOU. Not an official ITU text.",
    urls_namespace="api-v1",
    docs_decorator=require_safe,
)
api.add_router("", pages_router)
api.add_router("", workflow_router)
api.add_router("", editions_router)
api.add_router("", comments_router)
api.add_router("", consultations_router)
api.add_router("", adoptions_router)
api.add_router("", mou_router)
add_problem_handlers(api)


def unknown_path(request: HttpRequest) -> HttpResponse:
    """Without a redirect to a language: other systems get an error they can read."""
    return problem(api, request, 404, "Not found", "There is no such address. See /api/v1/openapi.json.")
