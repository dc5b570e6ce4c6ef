from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.models import Page

from dfs_pages import query
from dfs_pages.query.history import versions
from dfs_workflow.models import PermanentReference
from dfs_workflow.query import public


def history(request: HttpRequest, reference: str) -> HttpResponse:
    """All versions of a public statement, in the first of the reader's languages that it has."""
    language = get_language() or query.source_language()
    keys = PermanentReference.objects.filter(pk=reference).values("translation_key")
    pages = public(Page.objects.filter(translation_key__in=keys)).select_related("locale")
    found = next(iter(query.Reader(language, request).best(pages).values()), None)
    if found is None:
        raise Http404
    page = found.specific
    page.locale = found.locale
    context = {"page": page, "reference": reference, "versions": versions(page)}
    return render(request, "dfs_pages/history.html", context)
