"""The addresses that the pages had on GitBook lead to them for ever, from the day on which they are live."""

import posixpath
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps

from dfs_pages.importers.gitbook.book import Book, Leaf
from dfs_pages.models import OldAddress

REDIRECTS = "wagtail.contrib.redirects"
LONGEST = 255


def keep_addresses(book: Book, pages: dict[int, int]) -> None:
    """`pages` gives the id of each page by its number."""
    if not apps.is_installed(REDIRECTS):
        return
    normalise = apps.get_model("wagtailredirects", "Redirect").normalise_path
    wanted: dict[str, int] = {}
    for leaf in book.leaves:
        for address in addresses(book, leaf):
            path = normalise(address)
            if path != "/" and len(path) <= LONGEST:
                wanted.setdefault(path, pages[leaf.number])
    rows = [OldAddress(path=path, page_id=pk) for path, pk in wanted.items()]
    OldAddress.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def lead_from_old_addresses(pages: Iterable[int]) -> int:
    """To those of these pages that are live. Addresses that lead somewhere already stay."""
    if not apps.is_installed(REDIRECTS):
        return 0
    redirect: Any = apps.get_model("wagtailredirects", "Redirect")
    new: dict[str, int] = {}
    for some in batched(pages, 500):
        rows = OldAddress.objects.filter(page__in=some, page__live=True).order_by("pk")
        for path, pk in rows.values_list("path", "page_id"):
            new.setdefault(path, pk)
    for some in batched(list(new), 500):
        for path in redirect.objects.filter(old_path__in=some, site=None).values_list("old_path", flat=True):
            del new[path]
    made = [redirect(old_path=path, redirect_page_id=pk, is_permanent=True) for path, pk in new.items()]
    redirect.objects.bulk_create(made, batch_size=500)
    return len(made)


def batched(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def addresses(book: Book, leaf: Leaf) -> Iterator[str]:
    """From the root of the book and, for a book within it, from its own root."""
    for old, target in book.redirects.items():
        if leaf.path and book.find(target) == leaf.path:
            yield f"/{old}"
    if not leaf.path:
        return
    plain = address_of(leaf.path)
    yield f"/{plain}"
    for space in book.spaces:
        if space and leaf.path.startswith(f"{space}/"):
            yield f"/{plain[len(space) + 1 :]}"


def address_of(path: str) -> str:
    stem, _suffix = posixpath.splitext(path)
    return posixpath.dirname(stem) if posixpath.basename(stem).lower() == "readme" else stem
