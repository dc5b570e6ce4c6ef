"""Under /api/ every answer is made for machines: errors are problems (RFC 9457), HEAD works where GET does.

What the views of the API refuse themselves is a problem already; this is for what is refused around them.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from dfs_site.api import api
from dfs_workflow.api import PROBLEM_TYPE, problem

SENTENCES = {
    400: ("Bad request", "The request can't be read: an address, a header or the body is malformed."),
    403: ("Forbidden", "This is not allowed."),
    404: ("Not found", "There is no such address. See /api/v1/openapi.json."),
    405: ("Method not allowed", "This address does not take that method; the header Allow names those it takes."),
    413: ("Too large", "The body of the request is too large."),
    503: ("Busy", "A long piece of work is writing to the database. Nothing was changed; ask again in a minute."),
    500: ("Something went wrong", "The answer could not be made. Nothing was changed; the error has been recorded."),
}
KEPT_HEADERS = ("Allow", "Retry-After")


class ApiProblemMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_api(request):
            return self.get_response(request)
        if is_too_large(request):
            return as_problem(request, HttpResponse(status=413))
        asked_head = request.method == "HEAD"
        if asked_head:
            request.method = "GET"  # what answers GET answers HEAD, from the same kept answer
        response = as_problem(request, self.get_response(request))
        return without_body(request, response) if asked_head else response


def is_api(request: HttpRequest) -> bool:
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def is_too_large(request: HttpRequest) -> bool:
    """Asked before anything reads the body, which would take the limit of Django for text that is no JSON."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code < 400 or response.get("Content-Type", "").startswith(PROBLEM_TYPE):
        return response
    title, detail = SENTENCES.get(response.status_code, SENTENCES[400 if response.status_code < 500 else 500])
    answer = problem(api, request, response.status_code, title, detail)
    for header in KEPT_HEADERS:
        if header in response.headers:
            answer[header] = response[header]
    return answer


def without_body(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    request.method = "HEAD"
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response
