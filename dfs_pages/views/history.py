from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from wagtail.models import Page

from dfs_pages import query
from dfs_pages.query.history import versions, without_words
from dfs_workflow.models import PermanentReference
from dfs_workflow.query import last_shown, public, withdrawal


def history(request: HttpRequest, reference: str) -> HttpResponse:
    """All versions of a public statement, in the first of the reader's languages that it has."""
    language = get_language() or query.source_language()
    entry = get_object_or_404(PermanentReference, pk=reference)
    pages = Page.objects.filter(translation_key=entry.translation_key)
    rows = public(pages).select_related("locale")
    found = next(iter(query.Reader(language, request).best(rows).values()), None)
    if found is None and not pages.filter(live=True).exists():
        return show(request, entry, last_shown(entry, language), is_withdrawn=True)
    return show(request, entry, found)


def show(
    request: HttpRequest, entry: PermanentReference, found: Page | None, *, is_withdrawn: bool = False
) -> HttpResponse:
    """Of something withdrawn, the row may hold a draft already; what readers saw stands in decided versions."""
    if found is None:
        raise Http404
    page: Any = found.specific
    page.locale = found.locale
    shown, title = versions(page), page.title
    if is_withdrawn:
        last = withdrawal(entry, page.locale.language_code)["last"]
        shown, title = (shown, last["title"]) if last else (without_words(shown), "")
    context = {"page": page, "title": title, "reference": entry.reference, "versions": shown}
    return render(request, "dfs_pages/history.html", context)
