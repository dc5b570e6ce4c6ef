"""SQLite lets one write at a time: while a load of content runs, another change may have to wait longer than it can."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

RETRY_SECONDS = "60"


def is_locked(error: BaseException) -> bool:
    return isinstance(error, OperationalError) and "database is locked" in str(error)


class BusyDatabaseMiddleware:
    """Says so, and that nothing was changed, instead of an error that means nothing to anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_locked(exception):
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"], response["Cache-Control"] = RETRY_SECONDS, "no-store"
        return response
