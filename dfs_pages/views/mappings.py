"""Mappings between frameworks: all of them, those of one framework, and those of one item of it."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from dfs_pages import conf, query
from dfs_pages.models import Item
from dfs_pages.query.mappings import (
    FrameworkMapping,
    framework_mapping,
    framework_mappings,
    mappings_of,
    title_of,
    two_hops,
)


def reader(request: HttpRequest) -> query.Reader:
    return query.Reader(get_language() or query.source_language(), request)


def mappings(request: HttpRequest) -> HttpResponse:
    return render(request, "dfs_pages/mappings.html", {"mappings": framework_mappings(reader(request))})


def framework(request: HttpRequest, code: str) -> HttpResponse:
    mapping, relation = asked_mapping(request, code)
    return render(
        request,
        "dfs_pages/framework.html",
        {
            "mapping": mapping,
            "relation": relation,
            "list": request.path.rstrip("/"),
            "query": f"?{urlencode({'relation': relation})}" if relation else "",
        },
    )


def asked_mapping(request: HttpRequest, code: str) -> tuple[FrameworkMapping, str]:
    """`relation` in the address narrows the list; the coverage is always that of all. An unknown one leaves nothing."""
    if code not in conf.frameworks():
        raise Http404
    relation = request.GET.get("relation", "")
    return framework_mapping(code, reader(request), relation=relation), relation


def mapped_item(request: HttpRequest, code: str, identifier: str) -> HttpResponse:
    """An item of another framework: what of this site is mapped to it, and what follows for third frameworks."""
    known = conf.frameworks().get(code)
    if known is None or "\0" in identifier:
        raise Http404
    item, asking = Item(code, identifier), reader(request)
    direct = mappings_of(item, asking)
    if not direct:
        raise Http404
    context = {
        "code": code,
        "framework": known,
        "identifier": identifier,
        "title": title_of(item),
        "rows": direct,
        "hops": two_hops(item, direct, asking),
    }
    return render(request, "dfs_pages/mapped_item.html", context)
