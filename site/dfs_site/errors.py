"""What a reader sees when a request is refused before any view reads it."""

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A host that is not ours gets no page: every address in the frame would name it."""
    if isinstance(exception, DisallowedHost):
        return HttpResponseBadRequest("This site is not served under that host name.\n", content_type="text/plain")
    too_large = isinstance(exception, TOO_LARGE)
    return render(request, "400.html", {"too_large": too_large}, status=413 if too_large else 400)


def no_secret(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its cookie; Django's reason is for whoever runs the site, and stands in its log."""
    return render(request, "403.html", {"no_secret": True}, status=403)
