"""Addresses of this site: what stands there, and what a reader gets."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import override
from wagtail.models import Page

from dfs_pages.query.overlay import Reader, source_language
from dfs_pages.query.places import find_page
from dfs_workflow.query import page_url

PAGE_VIEWS = ("wagtail_serve", "dfs_workflow:permanent_link")  # they answer only where a page is


def path_here(address: str) -> str | None:
    """The path of an address of this site; None for every other one."""
    parts, here = parts_of(address), urlsplit(str(settings.WAGTAILADMIN_BASE_URL))
    if parts.scheme in ("http", "https"):
        return (parts.path or "/") if parts.netloc == here.netloc else None
    return parts.path if not parts.scheme and not parts.netloc and parts.path.startswith("/") else None


def parts_of(address: str) -> SplitResult:
    """One that can't be read, such as `http://[`, leads to no site."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult(address.partition(":")[0].lower(), "", "", "", "")


def at(path: str) -> Page | bool | None:
    """The public page at a path of this site, True for what else answers there, None for nothing."""
    first, _slash, rest = path.strip("/").partition("/")
    language, below = (first, rest) if first in dict(settings.LANGUAGES) else (source_language(), path.strip("/"))
    if page := find_page(below, Reader(language)):
        return page
    if is_redirected(path):
        return True
    with override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    return None if match.view_name in PAGE_VIEWS else True


def is_redirected(path: str) -> bool:
    if not apps.is_installed("wagtail.contrib.redirects"):
        return False
    model = apps.get_model("wagtailredirects", "Redirect")
    return bool(model._default_manager.filter(old_path=model.normalise_path(path)).exists())


def written_out(page: Any) -> str:
    """The whole page as a reader gets it, though it may be a draft."""
    language = page.locale.language_code
    here = urlsplit(str(settings.WAGTAILADMIN_BASE_URL))
    request = HttpRequest()
    request.method, request.path = "GET", page_url(page, language)
    request.path_info, request.user = request.path, AnonymousUser()
    request.META = {"SERVER_NAME": here.hostname or "", "SERVER_PORT": str(here.port or 443)}
    with override(language):
        return render_to_string(page.get_template(request), page.get_context(request), request)
