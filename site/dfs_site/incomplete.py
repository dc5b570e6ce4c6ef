"""Forms of Wagtail and its add-ons read some of their fields without asking whether they were sent."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError


class IncompleteFormMiddleware:
    """Whoever sends a form without them reads that it is malformed, and is no error of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, MultiValueDictKeyError):
            raise BadRequest("A field of the form is missing.") from exception
