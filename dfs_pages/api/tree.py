"""The structure of the site, and any page by its address."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from wagtail.models import Page

from dfs_pages.api.items import STEP, Items
from dfs_pages.api.schemas import PathQuery, Values
from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    ControlPage,
    HomePage,
    IndexPage,
    LibraryEntryPage,
    LibraryPage,
    PlainPage,
    ProfilePage,
    RecommendationPage,
    ThreatPage,
)
from dfs_pages.query import Reader
from dfs_pages.query.overlay import Pair

STRUCTURE: tuple[type[Page], ...] = (IndexPage, ChapterPage, CataloguePage, ThreatPage, PlainPage)
READABLE = (HomePage, *STRUCTURE, RecommendationPage, ControlPage, ProfilePage, LibraryPage, LibraryEntryPage)


def tree(request: HttpRequest, language: str) -> list[Values]:
    """Chapters with their sections, catalogues with their families, and the pages about the site."""
    reader = Reader(language)
    pairs = [pair for model in STRUCTURE for pair in reader.overlay(model, Q(depth__gt=1))]
    items = Items(request, reader, pairs)
    nodes = {pair.source.path: node(items, pair) for pair in sorted(pairs, key=lambda pair: pair.source.path)}
    roots = []
    for path, values in nodes.items():
        (nodes[path[:-STEP]]["children"] if path[:-STEP] in nodes else roots).append(values)
    return roots


def node(items: Items, pair: Pair) -> Values:
    page: Any = pair.shown
    reference = getattr(page, "reference", "")
    return {**items.shown(page), "kind": page._meta.model_name, "reference": reference, "children": []}


def by_path(request: HttpRequest, query: PathQuery) -> Values:
    reader = Reader(query.language)
    parts = [part for part in query.path.split("/") if part]
    if parts[:1] == [query.language]:
        parts = parts[1:]
    homes = HomePage.objects.filter(locale__language_code__in=reader.order)
    addresses = [home.url_path + "".join(f"{part}/" for part in parts) for home in homes]
    rows = reader.public(Page.objects.filter(url_path__in=addresses)).select_related("locale")
    found = next(iter(reader.best(rows).values()), None)
    page = found.specific if found else None
    if not isinstance(page, READABLE):
        raise Http404
    return Items(request, reader, [Pair(reader.source_of(page), page)]).page()
