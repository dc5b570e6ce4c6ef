"""The addresses that the pages had on GitBook lead to them for ever, from the day on which they are live."""

import posixpath
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import MAPPED, REFUSED
from dfs_pages.importers.gitbook.book import Book, Leaf
from dfs_pages.models import OldAddress
from dfs_pages.query.own_addresses import occupied

REDIRECTS = "wagtail.contrib.redirects"
LONGEST = 255
HERE = _("the site itself has something at this address, which stays")
TAKEN = _("another page has this old address, which leads there")
TOO_LONG = _("the address is too long")
NOT_KEPT = _("this site has no redirects")


def keep_addresses(book: Book, pages: dict[int, int]) -> None:
    """`pages` gives the id of each page by its number. What can't be kept is accounted for."""
    claims = list(dict.fromkeys((path, leaf.number) for leaf in book.leaves for path in addresses(book, leaf)))
    refused = refusals(claims, pages)
    for path, number in claims:
        reason = refused.get((path, number), "")
        outcome = REFUSED if reason else MAPPED
        book.account.met("redirect", outcome, reason, file=book.leaves[number].path, what=path)
    rows = [OldAddress(path=path, page_id=pages[number]) for path, number in claims if (path, number) not in refused]
    OldAddress.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def refusals(claims: list[tuple[str, int]], pages: dict[int, int]) -> dict[tuple[str, int], str]:
    """Why a page doesn't get an address: the site is first, then the page that had it before."""
    if not apps.is_installed(REDIRECTS):
        return dict.fromkeys(claims, NOT_KEPT)
    paths = [path for path, _number in claims]
    here, owners = occupied(paths), owners_of(paths)
    found = {}
    for path, number in claims:
        if path in here:
            found[path, number] = HERE
        elif len(path) > LONGEST:
            found[path, number] = TOO_LONG
        elif owners.setdefault(path, pages[number]) != pages[number]:
            found[path, number] = TAKEN
    return found


def owners_of(paths: Iterable[str]) -> dict[str, int | None]:
    """The pages that have these old addresses, though they may be drafts; None for a redirect to an address."""
    redirect: Any = apps.get_model("wagtailredirects", "Redirect")
    owners: dict[str, int | None] = {}
    for some in batched(paths, 500):
        rows = redirect.objects.filter(old_path__in=some).order_by("pk")
        waiting = OldAddress.objects.filter(path__in=some).order_by("pk")
        for path, pk in (*rows.values_list("old_path", "redirect_page"), *waiting.values_list("path", "page")):
            owners.setdefault(path, pk)
    return owners


def lead_from_old_addresses(pages: Iterable[int]) -> int:
    """To those of these pages that are live. Addresses that lead somewhere already stay, as do those of the site."""
    if not apps.is_installed(REDIRECTS):
        return 0
    redirect: Any = apps.get_model("wagtailredirects", "Redirect")
    new: dict[str, int] = {}
    for some in batched(pages, 500):
        rows = OldAddress.objects.filter(page__in=some, page__live=True).order_by("pk")
        for path, pk in rows.values_list("path", "page_id"):
            new.setdefault(path, pk)
    for some in batched(list(new), 500):
        for path in set(redirect.objects.filter(old_path__in=some).values_list("old_path", flat=True)):
            del new[path]
    for path in occupied(new):
        del new[path]
    made = [redirect(old_path=path, redirect_page_id=pk, is_permanent=True) for path, pk in new.items()]
    redirect.objects.bulk_create(made, batch_size=500)
    return len(made)


def batched(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def addresses(book: Book, leaf: Leaf) -> Iterator[str]:
    """As redirects are stored, without a last slash."""
    for old in written(book, leaf):
        yield f"/{normalise(old).strip('/')}"


def written(book: Book, leaf: Leaf) -> Iterator[str]:
    """From the root of the book and, for a book within it, from its own root, which is no address of its own."""
    for old, target in book.redirects.items():
        if leaf.path and book.find(target) == leaf.path:
            yield f"/{old}"
    if not leaf.path:
        return
    plain = address_of(leaf.path)
    below = [plain[len(space) + 1 :] for space in book.spaces if space and leaf.path.startswith(f"{space}/")]
    yield from (f"/{address}" for address in (plain, *below) if address)


def normalise(address: str) -> str:
    if not apps.is_installed(REDIRECTS):
        return address
    return str(apps.get_model("wagtailredirects", "Redirect").normalise_path(address))


def address_of(path: str) -> str:
    stem, _suffix = posixpath.splitext(path)
    return posixpath.dirname(stem) if posixpath.basename(stem).lower() == "readme" else stem
