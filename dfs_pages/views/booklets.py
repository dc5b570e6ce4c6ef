"""Booklets for readers: the file where it is ready, else a page that says how far it has come. None needs a script."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from dfs_pages import conf
from dfs_pages.exporters.booklets import shelf
from dfs_pages.exporters.booklets.making import ARCHIVE, FORMATS, subject_of
from dfs_pages.models import BookletFile
from dfs_pages.query import source_language
from dfs_pages.query.entries import foreign_language
from dfs_workflow.conf import client_address_header
from dfs_workflow.models import ContentVersion

HOUR = 3600
SECONDS = "20"  # after which to ask again, where the worker is busy
HOME = "index"
FILE_FORMAT = "|".join(FORMATS)


def language() -> str:
    return get_language() or source_language()


def known(path: str) -> tuple[str, Any]:
    """The path and what is there; only what is public is."""
    path = "" if path == HOME else path.strip("/")
    subject = subject_of(path, language())
    if subject is None:
        raise Http404
    return path, subject


@require_safe
def booklet(request: HttpRequest, path: str, kind: str) -> HttpResponseBase:
    where, _subject = known(path)
    row = shelf.find(where, language(), kind)
    if row is not None and row.is_ready(ContentVersion.current()):
        return download(request, row)
    return redirect("dfs_pages:booklet_progress", path=path, kind=kind)


def download(request: HttpRequest, row: BookletFile) -> HttpResponseBase:
    """The hash names the bytes, so who has them already gets none."""
    tag = f'"{row.sha256}"'
    if tag in request.headers.get("If-None-Match", ""):  # a weak one too: what is compressed has another
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(bytes(row.file), content_type=FORMATS[row.format].content_type)
        name = slugify(row.path.rpartition("/")[2]) or "dfs-security"
        code = f"-{row.language}" if row.language else ""
        response["Content-Disposition"] = f'attachment; filename="{name}{code}.{row.format}"'
    response["ETag"], response["Cache-Control"] = tag, "no-cache"
    return response


@require_safe
def booklet_progress(request: HttpRequest, path: str, kind: str) -> HttpResponse:
    """Asks for the file, or says how far it has come. Nothing reloads by itself where scripts don't run: who reads
    with a screen reader would lose their place."""
    where, subject = known(path)
    busy = False
    row = shelf.find(where, language(), kind)
    if row is None or needs_making(row):
        if is_too_often(request):
            busy = True
        else:
            try:
                row = shelf.ask(where, language(), kind, at=timezone.now())
            except shelf.TooManyWaiting:
                busy = True
    context = {
        "row": row,
        "busy": busy,
        "path": path,
        "kind": kind,
        "subject": subject,
        "foreign": foreign_language(subject, language()) if isinstance(subject, Page) else "",
        "is_archive": kind == ARCHIVE,
        "is_ready": row is not None and row.is_ready(ContentVersion.current()),
        "is_under_way": row is not None and not busy and row.is_under_way(timezone.now()),
    }
    response = render(request, "dfs_pages/booklet.html", context, status=503 if busy else 200)
    response["Cache-Control"] = "no-store"
    if busy:
        response["Retry-After"] = SECONDS
    return response


def needs_making(row: BookletFile) -> bool:
    version, now = ContentVersion.current(), timezone.now()
    return not (row.is_ready(version) or row.is_under_way(now) or row.has_failed(now, version))


def is_too_often(request: HttpRequest) -> bool:
    """Counts what one address of the network has made anew."""
    address = request.META.get(client_address_header(), "")
    key = "dfs_pages.booklets:" + hashlib.sha256(address.encode()).hexdigest()
    cache.add(key, 0, HOUR)
    try:
        return int(cache.incr(key)) > conf.booklets_per_hour()
    except ValueError:  # the hour ended between the two calls
        return False
