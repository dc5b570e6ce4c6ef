"""Files for translators' tools, out and in."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale
from wagtail_localize.models import Translation

from dfs_workflow.translation import permissions
from dfs_workflow.translation.exporters import FORMATS
from dfs_workflow.translation.importers import AT_ONCE, receive, run_import
from dfs_workflow.translation.query.units import LARGEST, scope, units
from dfs_workflow.translation.tasks import import_file


def files(request: HttpRequest, code: str) -> HttpResponseBase:
    """Whole language, chapter (`path`) or page (`translation`): the same for what goes out and what comes in."""
    if not permissions.can_exchange_files(request.user):
        raise PermissionDenied
    locale = get_object_or_404(Locale, language_code=code)
    found = scope(locale, **asked_for(request))
    if request.method == "POST":
        return take_in(request, locale)
    if request.GET.get("format") in FORMATS:
        return hand_out(request.GET["format"], found, code)
    query = request.GET.urlencode()
    return render(request, "dfs_translation/admin/files.html", {"locale": locale, "formats": FORMATS, "query": query})


def hand_out(name: str, found: QuerySet[Translation], code: str) -> HttpResponse:
    ending, content_type, write = FORMATS[name]
    first = found.select_related("source__locale").first()
    source = first.source.locale.language_code if first else ""
    response = HttpResponse(write(units(found), source, code), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{code}.{ending}"'
    return response


def asked_for(request: HttpRequest) -> dict[str, Any]:
    translation = request.GET.get("translation", "")
    is_key = translation.isdecimal() and len(translation) < 19
    return {"path": request.GET.get("path", "")[:255], "translation": int(translation) if is_key else None}


def take_in(request: HttpRequest, locale: Locale) -> HttpResponseBase:
    """A small file is stored at once, a large one by the worker; its page says what became of it."""
    upload = request.FILES.get("file")
    if upload is None or upload.size > LARGEST:
        too_large = _("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000}
        messages.error(request, _("Choose a file.") if upload is None else too_large)
        return redirect(request.get_full_path())
    row = receive(by=request.user, file=upload, locale=locale, **asked_for(request))
    if upload.size <= AT_ONCE:
        run_import(row.pk)
    else:
        transaction.on_commit(partial(import_file.enqueue, row.pk))
    return redirect("dfs_translation_import", row.pk)


def report(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """Nothing reloads by itself: who reads with a screen reader would lose their place."""
    rows = permissions.imports_of(request.user).select_related("locale").defer("file")
    row = get_object_or_404(rows, pk=import_id)
    return render(request, "dfs_translation/admin/import_report.html", {"row": row})
