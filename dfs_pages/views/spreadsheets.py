from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from dfs_pages.exporters import spreadsheets
from dfs_pages.models import Relation
from dfs_pages.query import Reader, source_language
from dfs_pages.query.places import find_page
from dfs_pages.query.spreadsheets import (
    Row,
    UnknownFilter,
    glossary_rows,
    is_listed,
    mapping_rows,
    result_rows,
    rows_of,
)
from dfs_pages.views.mappings import asked_mapping
from dfs_pages.views.reading import filters_of, unknown_filters


def spreadsheet(request: HttpRequest, path: str, kind: str) -> HttpResponse:
    """The list on a page, by its address with `.csv` or `.xlsx`; the query is that of the page."""
    language = get_language() or source_language()
    reader = Reader(language, request)
    page = find_page(path, reader)
    if page is None or not is_listed(page):
        raise Http404
    values = {name: value.replace("\0", "") for name, value in request.GET.items()}
    try:
        rows = list(rows_of(page, values, reader, settings.WAGTAILADMIN_BASE_URL))
    except UnknownFilter as unknown:
        raise Http404(f"The list has no “{unknown}”.") from unknown
    return as_file(rows, kind, page.title, f"{slugify(page.slug) or 'list'}-{language}")


def mapping_spreadsheet(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    mapping, relation = asked_mapping(request, code)
    if relation and relation not in Relation.values:
        raise Http404(f"The list has no “{relation}”.")
    rows = mapping_rows(mapping, settings.WAGTAILADMIN_BASE_URL)
    return as_file(rows, kind, str(mapping.framework.title), f"{code}-{get_language() or source_language()}")


def search_spreadsheet(request: HttpRequest, kind: str) -> HttpResponse:
    """The results of a search with the filters of its address, the best first; of very many only the first."""
    text, filters = request.GET.get("q", "").strip(), filters_of(request)
    if not text or unknown_filters(request, filters):
        raise Http404
    language = get_language() or source_language()
    rows = result_rows(text, language, filters, settings.WAGTAILADMIN_BASE_URL)
    return as_file(rows, kind, _("Search"), f"search-{slugify(text)[:40] or 'results'}-{language}")


def glossary_spreadsheet(request: HttpRequest, kind: str) -> HttpResponse:
    language = get_language() or source_language()
    rows = glossary_rows(language, settings.WAGTAILADMIN_BASE_URL)
    return as_file(rows, kind, _("Glossary"), f"glossary-{language}")


def as_file(rows: Iterable[Row], kind: str, title: str, name: str) -> HttpResponse:
    if kind == "csv":
        response = HttpResponse(spreadsheets.as_csv(rows), content_type=spreadsheets.CSV)
    else:
        body = spreadsheets.as_xlsx(rows, title, is_rtl=get_language_bidi())
        response = HttpResponse(body, content_type=spreadsheets.XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
