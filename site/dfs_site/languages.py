"""Languages in addresses: only what readers open has a language prefix. What somebody chose once is remembered."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_path

WITHOUT_LANGUAGE = ("/api/", "/admin/", "/documents/", "/health/", "/static/", "/media/", "/e/files/")
ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview", re.IGNORECASE)
REMEMBERED = 365 * 86400


class SiteLocaleMiddleware(LocaleMiddleware):
    """Only people who read are led to a language; an address unknown to a machine stays a 404."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if f"{request.path_info}/".startswith(WITHOUT_LANGUAGE):
            return response
        if response.status_code == 404 and not is_reading(request):
            patch_vary_headers(response, ["Accept", "User-Agent"])
            return response
        return super().process_response(request, response)


def is_reading(request: HttpRequest) -> bool:
    """A person at a browser, as far as one can tell: not a robot, nor a program that asks for data."""
    return request.accepts("text/html") and not ROBOT.search(request.headers.get("User-Agent", ""))


class RememberedLanguageMiddleware:
    """Who goes from a page to the same site in another language has chosen; no address and no form is needed for it.

    Stands before the cache, as kept answers carry no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        language = chosen_language(request)
        if language and response.status_code in (200, 304):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=REMEMBERED,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
            patch_cache_control(response, private=True)
        return response


def chosen_language(request: HttpRequest) -> str | None:
    """Of a page opened by a link on a page in another language of this site."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    language = get_language_from_path(request.path_info)
    if request.method != "GET" or language is None or came_from.netloc != request.META.get("HTTP_HOST", ""):
        return None
    before = get_language_from_path(came_from.path)
    is_choice = before != language and (before is not None or came_from.path == "/")
    return language if is_choice and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language else None
