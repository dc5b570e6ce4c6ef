"""Files for translators' tools, out and in."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale
from wagtail_localize.models import Translation

from dfs_workflow.translation import permissions
from dfs_workflow.translation.exporters import FORMATS
from dfs_workflow.translation.importers import FileError, read_units, store_units
from dfs_workflow.translation.query.units import LARGEST, scope, units


def files(request: HttpRequest, code: str) -> HttpResponseBase:
    """Whole language, chapter (`path`) or page (`translation`): the same for what goes out and what comes in."""
    if not permissions.can_exchange_files(request.user):
        raise PermissionDenied
    locale = get_object_or_404(Locale, language_code=code)
    translation = request.GET.get("translation", "")
    path = request.GET.get("path", "")[:255]
    found = scope(locale, path=path, translation=int(translation) if translation.isdecimal() else None)
    if request.method == "POST":
        return take_in(request, permissions.changeable(request.user, found, locale), code)
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


def take_in(request: HttpRequest, found: QuerySet[Translation], code: str) -> HttpResponseBase:
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Choose a file."))
        return redirect(request.get_full_path())
    try:
        if upload.size > LARGEST:
            raise FileError(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
        units_read = read_units(upload.read(), code)
        report = store_units(by=request.user, translations=found, units=units_read, tool=upload.name[:255])
    except FileError as problem:
        messages.error(request, _("Nothing was imported. %(problem)s") % {"problem": problem})
        return redirect(request.get_full_path())
    return render(request, "dfs_translation/admin/import_report.html", {"report": report})
