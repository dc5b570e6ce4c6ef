"""The termbase as files, out and in."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from dfs_workflow.counts import Count
from dfs_workflow.translation import permissions
from dfs_workflow.translation.exporters.termbase import EDITIONS, write_csv, write_tbx
from dfs_workflow.translation.importers import FileError
from dfs_workflow.translation.importers.termbase import read_terms, store_terms

LARGEST = 10_000_000  # bytes of a file


def term_files(request: HttpRequest) -> HttpResponseBase:
    if not permissions.can_read_terms(request.user):
        raise PermissionDenied
    may_change = permissions.can_change_terms(request.user)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        return take_in(request)
    wanted = request.GET.get("format")
    if wanted == "csv":
        return attached(write_csv(), "text/csv; charset=utf-8", "termbase.csv")
    if wanted == "tbx":
        edition = EDITIONS.get(request.GET.get("edition", ""), EDITIONS["2019"])
        return attached(write_tbx(settings.LANGUAGE_CODE, edition), "application/x-tbx", "termbase.tbx")
    return render(request, "dfs_translation/admin/term_files.html", {"may_change": may_change})


def attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def take_in(request: HttpRequest) -> HttpResponseBase:
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise FileError(_("Choose a file."))
        if upload.size > LARGEST:
            raise FileError(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
        count = store_terms(read_terms(upload.read()))
    except FileError as problem:
        messages.error(request, _("Nothing was imported. %(problem)s") % {"problem": problem})
    else:
        sentence = ngettext("%(count)s term was added or renewed.", "%(count)s terms were added or renewed.", count)
        messages.success(request, sentence % {"count": Count(count)})
    return redirect(request.path)
