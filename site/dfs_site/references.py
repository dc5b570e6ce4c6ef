"""`/r/SIM-MNO-03`: a permanent reference without a language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from dfs_workflow.query import permanent_url


def choose_language(request: HttpRequest, reference: str) -> HttpResponse:
    """To the reader's language by what the browser asks for; an unknown reference is a 404 there."""
    response = HttpResponseRedirect(permanent_url(reference.upper(), get_language_from_request(request)))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
