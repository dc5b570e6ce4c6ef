"""Answers for readers who are not signed in, kept until the next publication.

The version is one row of the database, changed in the transaction of each publication and read here before a
kept answer is given and before a page is rendered: so every process is fresh at once, whatever kept the answer.
"""

import hashlib
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from dfs_site.offline import MARK
from dfs_workflow.markdown import prefers_markdown
from dfs_workflow.query import content_version

KEPT_SECONDS = 3600
KEPT_TYPES = (
    "text/html",
    "text/plain",
    "text/markdown",
    "application/json",
    "application/xml",
    "application/atom+xml",
)
LONGEST_KEPT = 2_000_000
NEVER = ("/admin/", "/health/", "/documents/", "/media/", "/static/")


class AnonymousCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not may_be_kept(request):
            return self.get_response(request)
        key = cache_key(request, content_version(request))
        cache = caches["answers"]
        kept: HttpResponse | None = cache.get(key)
        if kept is None:
            response = self.get_response(request)
            if not is_keepable(request, response):
                return response
            kept = prepare(response)
            cache.set(key, kept, KEPT_SECONDS)
        if request.headers.get("If-None-Match") == kept["ETag"]:
            return not_modified(kept)
        return kept


def may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and not request.path_info.startswith(NEVER)
        and is_our_address(request.META.get("HTTP_HOST", ""))
    )


def is_our_address(host: str) -> bool:
    """The host as links to this site write it. Django also answers to any port and to every name of a wildcard,
    which are without number, and an absolute link in the answer would repeat them to other readers."""
    if not host:
        return True
    main = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    name, separator, port = host.lower().partition(":")
    is_named = name == main.hostname or name in settings.ALLOWED_HOSTS
    return is_named and (not separator or port == str(main.port))


def cache_key(request: HttpRequest, version: int) -> str:
    """Of everything an anonymous answer depends on."""
    parts = (
        request.scheme or "",
        request.META.get("HTTP_HOST", "").lower(),
        request.get_full_path(),
        "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "",
        "markdown" if prefers_markdown(request) else "",
    )
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
    return f"answer:{version}:{digest}"


def is_keepable(request: HttpRequest, response: HttpResponseBase) -> bool:
    cache_control = response.get("Cache-Control", "")
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "no-store" not in cache_control
        and "private" not in cache_control
        and "Accept-Language" not in response.get("Vary", "")
        and response.get("Content-Type", "").startswith(KEPT_TYPES)
        and len(response.content) <= LONGEST_KEPT
    )


def prepare(response: HttpResponseBase) -> HttpResponse:
    """A plain copy with a weak ETag; browsers and proxies ask again each time, which costs them one 304."""
    assert isinstance(response, HttpResponse)
    kept = HttpResponse(response.content, status=response.status_code)
    kept.headers = response.headers
    kept["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    kept["Cache-Control"] = "no-cache"
    patch_vary_headers(kept, ["Accept", "Accept-Encoding", "Cookie"])
    if settings.DFS_OFFLINE_DAYS and kept.get("Content-Type", "").startswith("text/html"):
        kept[MARK] = "yes"
    return kept


def not_modified(kept: HttpResponse) -> HttpResponseNotModified:
    response = HttpResponseNotModified()
    for header in ("ETag", "Cache-Control", "Vary", "Content-Security-Policy"):
        if header in kept.headers:
            response[header] = kept[header]
    return response
