from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from dfs_pages import query
from dfs_pages.search import find


def search(request: HttpRequest) -> HttpResponse:
    """The address is the question: `q`, `kind` and `page`; whatever is wrong in it is left out."""
    page = request.GET.get("page", "1")
    results = find(
        request.GET.get("q", "").replace("\0", ""),
        get_language() or query.source_language(),
        kind=request.GET.get("kind", ""),
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
    context = {"results": results, "kind": request.GET.get("kind", ""), "page_numbers": range(1, results.pages + 1)}
    return render(request, "dfs_pages/search.html", context)


def glossary(request: HttpRequest) -> HttpResponse:
    terms = query.glossary(get_language() or query.source_language())
    return render(request, "dfs_pages/glossary.html", {"terms": terms})
