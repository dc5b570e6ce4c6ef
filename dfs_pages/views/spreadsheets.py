from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_bidi

from dfs_pages.exporters import spreadsheets
from dfs_pages.query import Reader, source_language
from dfs_pages.query.places import find_page
from dfs_pages.query.spreadsheets import UnknownFilter, is_listed, statement_rows


def spreadsheet(request: HttpRequest, path: str, kind: str) -> HttpResponse:
    """The list on a page, by its address with `.csv` or `.xlsx`; the query is that of the page."""
    language = get_language() or source_language()
    reader = Reader(language, request)
    page = find_page(path, reader)
    if page is None or not is_listed(page):
        raise Http404
    values = {name: value.replace("\0", "") for name, value in request.GET.items()}
    try:
        rows = list(statement_rows(page, values, reader, settings.WAGTAILADMIN_BASE_URL))
    except UnknownFilter as unknown:
        raise Http404(f"The list has no “{unknown}”.") from unknown
    if kind == "csv":
        response = HttpResponse(spreadsheets.as_csv(rows), content_type=spreadsheets.CSV)
    else:
        body = spreadsheets.as_xlsx(rows, page.title, is_rtl=get_language_bidi())
        response = HttpResponse(body, content_type=spreadsheets.XLSX)
    name = slugify(page.slug) or "list"
    response["Content-Disposition"] = f'attachment; filename="{name}-{language}.{kind}"'
    return response
