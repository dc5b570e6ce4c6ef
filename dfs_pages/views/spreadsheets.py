from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_bidi
from wagtail.models import Page

from dfs_pages.exporters import spreadsheets
from dfs_pages.models import HomePage
from dfs_pages.query import Reader, source_language
from dfs_pages.query.spreadsheets import is_listed, statement_rows
from dfs_workflow.models import PermanentReference


def spreadsheet(request: HttpRequest, path: str, kind: str) -> HttpResponse:
    """The list on a page, by its address with `.csv` or `.xlsx`; the query is that of the page."""
    language = get_language() or source_language()
    reader = Reader(language, request)
    page = find(path, reader)
    if page is None or not is_listed(page):
        raise Http404
    values = {name: value.replace("\0", "") for name, value in request.GET.items()}
    rows = statement_rows(page, values, reader, settings.WAGTAILADMIN_BASE_URL)
    if kind == "csv":
        response = HttpResponse(spreadsheets.as_csv(rows), content_type=spreadsheets.CSV)
    else:
        body = spreadsheets.as_xlsx(rows, page.title, is_rtl=get_language_bidi())
        response = HttpResponse(body, content_type=spreadsheets.XLSX)
    name = slugify(page.slug) or "list"
    response["Content-Disposition"] = f'attachment; filename="{name}-{language}.{kind}"'
    return response


def find(path: str, reader: Reader) -> Page | None:
    """In the reader's language, or else in the source's."""
    if path.startswith("r/"):
        keys = PermanentReference.objects.filter(pk=path[2:].upper()).values("translation_key")
        rows = Page.objects.filter(translation_key__in=keys)
    else:
        homes = HomePage.objects.filter(locale__language_code__in={reader.language, source_language()})
        rows = Page.objects.filter(url_path__in=[f"{home.url_path}{path}/" for home in homes])
    found = sorted(
        reader.public(rows).select_related("locale"), key=lambda page: page.locale.language_code != reader.language
    )
    page = found[0].specific if found else None
    if page is not None:
        page.locale = found[0].locale
    return page
