"""The addresses that the pages had on GitBook lead to them for ever."""

import posixpath
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from dfs_pages.importers.gitbook.book import Book, Leaf

LONGEST = 255


def write_redirects(book: Book, pages: dict[int, int]) -> int:
    """`pages` gives the id of each page that is live, by its number. Those that are there already stay."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return 0
    model = apps.get_model("wagtailredirects", "Redirect")
    wanted: dict[str, int] = {}
    for leaf in book.leaves:
        for address in addresses(book, leaf) if leaf.number in pages else ():
            path = model.normalise_path(address)
            if path != "/" and len(path) <= LONGEST:
                wanted.setdefault(path, pages[leaf.number])
    known: set[str] = set()
    paths = list(wanted)
    for start in range(0, len(paths), 500):
        rows = model._default_manager.filter(old_path__in=paths[start : start + 500], site=None)
        known |= set(rows.values_list("old_path", flat=True))
    new: list[Any] = [
        model(old_path=path, redirect_page_id=pk, is_permanent=True) for path, pk in wanted.items() if path not in known
    ]
    model._default_manager.bulk_create(new, batch_size=500)
    return len(new)


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
