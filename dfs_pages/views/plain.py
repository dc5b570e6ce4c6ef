"""The same pages for programs: Markdown twins, /llms.txt and feeds."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from wagtail.models import Page

from dfs_pages.exporters import feeds, llms
from dfs_pages.exporters.twin import twin_of
from dfs_pages.models import HomePage
from dfs_pages.query import Reader, source_language
from dfs_workflow.markdown import markdown_response, prefers_markdown
from dfs_workflow.models import is_governed


def language() -> str:
    return get_language() or source_language()


def markdown_twin(request: HttpRequest, path: str) -> HttpResponseBase:
    """The address of a page with `.md`: whatever serves the page serves its twin, with the same restrictions."""
    below = "" if path == "index" else f"{path}/"
    wanted = f"/{language()}/{below}"
    request.wants_markdown = True  # type: ignore[attr-defined]
    try:
        match = resolve(wanted)
    except Resolver404 as error:
        raise Http404 from error
    response = match.func(request, *match.args, **match.kwargs)
    if response.status_code == 200 and not response.get("Content-Type", "").startswith("text/markdown"):
        raise Http404  # not a page: a search, a form
    return response


def serve_markdown(serve_next: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Instead of the HTML where it was asked for, by the address or by the header `Accept`.

    Inside Wagtail's own check of who may read a page: it is the outermost of these.
    """

    def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        if not is_governed(page) or not prefers_markdown(request):
            return serve_next(page, request, args, kwargs)
        return markdown_response(twin_of(page, request, language()))

    return serve


def llms_txt(request: HttpRequest) -> HttpResponse:
    return HttpResponse(llms.llms_text(language()), content_type="text/plain; charset=utf-8")


def feed(request: HttpRequest, path: str = "") -> HttpResponse:
    """Of the whole site, or of a chapter, catalogue or list by its address."""
    reader = Reader(language(), request)
    homes = HomePage.objects.filter(locale__language_code__in=reader.order).select_related("locale")
    home = next(iter(reader.best(homes).values()), None)
    if home is None:
        raise Http404
    top = home
    if path:
        found = reader.public(Page.objects.filter(url_path=f"{home.url_path}{path}/")).first()
        if found is None or not is_governed(found):
            raise Http404
        top = found
    body = feeds.atom(language(), top.title, request.path, feeds.news(language(), top if path else None))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
