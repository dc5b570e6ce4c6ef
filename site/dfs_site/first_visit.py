"""`/`: leads people to their language, and shows everybody else which ones there are."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request, get_language_info

from dfs_site.languages import is_reading


def first_visit(request: HttpRequest) -> HttpResponse:
    """By what was chosen before, or else by what the browser asks for."""
    knows = settings.LANGUAGE_COOKIE_NAME in request.COOKIES or request.headers.get("Accept-Language")
    if knows and is_reading(request):
        response: HttpResponse = HttpResponseRedirect(f"{get_script_prefix()}{get_language_from_request(request)}/")
    else:
        languages = [get_language_info(code) for code, _name in settings.LANGUAGES]
        context = {"languages": languages, "base": settings.WAGTAILADMIN_BASE_URL}
        response = render(request, "dfs_site/first_visit.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie", "User-Agent"])
    return response
