"""Addresses of this site: what stands there, and what a reader gets."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override
from wagtail.models import Page

from dfs_pages.models import HomePage
from dfs_pages.query.overlay import Reader, source_language
from dfs_pages.query.places import find_page
from dfs_workflow.query import page_url

PAGE_VIEWS = ("wagtail_serve", "dfs_workflow:permanent_link")  # they answer only where a page is


def path_here(address: str, *, seen_from: str = "") -> str | None:
    """The path of an address of this site; None for every other one. `seen_from` is where a relative one stands."""
    parts, here = parts_of(address), urlsplit(str(settings.WAGTAILADMIN_BASE_URL))
    if parts.scheme not in ("http", "https", "") or (parts.scheme and not parts.netloc):
        return None
    if parts.netloc:
        return (parts.path or "/") if parts.netloc == here.netloc else None
    path = parts.path if parts.path.startswith("/") else urljoin(seen_from, parts.path)
    return path if path.startswith("/") else None


def parts_of(address: str) -> SplitResult:
    """One that can't be read, such as `http://[`, leads to no site."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult(address.partition(":")[0].lower(), "", "", "", "")


def at(path: str) -> Page | bool | None:
    """The public page at a path of this site, True for what else answers there, None for nothing."""
    language, below = split_language(path.strip("/"))
    if page := find_page(below, Reader(language)):
        return page
    if is_redirected(path):
        return True
    with override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        return True if match.view_name not in PAGE_VIEWS and answers(match, path, language) else None


def answers(match: ResolverMatch, path: str, language: str) -> bool:
    """What its view says to a reader who isn't signed in. Nothing that it writes stays."""
    request = request_for(path, language)
    request.resolver_match = match
    with transaction.atomic():
        try:
            response = match.func(request, *match.args, **match.kwargs)
            response.close()
            return bool(response.status_code != HTTPStatus.NOT_FOUND)
        except Http404:
            return False
        except Exception:  # noqa: BLE001 – a view that wants more than a request by itself: something is there
            return True
        finally:
            transaction.set_rollback(True)


def request_for(path: str, language: str) -> HttpRequest:
    here = urlsplit(str(settings.WAGTAILADMIN_BASE_URL))
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.user, request.LANGUAGE_CODE = AnonymousUser(), language
    request.session = SessionBase()
    request.META = {"SERVER_NAME": here.hostname or "", "SERVER_PORT": str(here.port or 443), "REQUEST_METHOD": "GET"}
    return request


def occupied(paths: Iterable[str]) -> set[str]:
    """Of paths without a last slash, those that the site answers itself or where it has a page, whoever may see it."""
    homes = list(HomePage.objects.values_list("url_path", flat=True))
    found: set[str] = set()
    wanted: dict[str, list[str]] = {}
    for path in paths:
        plain = urlsplit(path.replace("//", "/")).path.strip("/")
        language, below = split_language(plain)
        if f"/{plain}/".startswith(str(settings.STATIC_URL)) or has_view(plain, language) or not plain:
            found.add(path)
        for home in homes:
            wanted.setdefault(f"{home}{below}/" if below else home, []).append(path)
    addresses = list(wanted)
    for start in range(0, len(addresses), 500):
        rows = Page.objects.filter(url_path__in=addresses[start : start + 500])
        for url_path in rows.values_list("url_path", flat=True):
            found.update(wanted[url_path])
    return found


def split_language(plain: str) -> tuple[str, str]:
    """An address without a language is led to that of the reader; here to that of the source."""
    first, _slash, rest = plain.partition("/")
    return (first, rest) if first in dict(settings.LANGUAGES) else (source_language(), plain)


def has_view(plain: str, language: str) -> bool:
    """Whether there is more at a path than the tree of pages, with its last slash or without, in a language or none."""
    _own, below = split_language(plain)
    with override(language):
        for path in dict.fromkeys(f"/{name}{end}" for name in (plain, f"{language}/{below}") for end in ("/", "")):
            try:
                if resolve(path).view_name != PAGE_VIEWS[0]:
                    return True
            except Resolver404:
                continue
    return False


def is_redirected(path: str) -> bool:
    if not apps.is_installed("wagtail.contrib.redirects"):
        return False
    model = apps.get_model("wagtailredirects", "Redirect")
    return bool(model._default_manager.filter(old_path=model.normalise_path(path)).exists())


def written_out(page: Any) -> str:
    """The whole page as a reader gets it, though it may be a draft."""
    language = page.locale.language_code
    request = request_for(page_url(page, language), language)
    with override(language):
        return render_to_string(page.get_template(request), page.get_context(request), request)
