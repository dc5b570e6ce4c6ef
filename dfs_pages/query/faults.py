"""Links that lead nowhere for readers: to what isn't public, is gone, or has no such place."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from dfs_pages.query.outgoing import Kind, Link, links_of
from dfs_pages.query.own_addresses import at, path_here, written_out
from dfs_workflow.models import PermanentReference, is_governed
from dfs_workflow.query import page_url, public, source_language


class Reason(StrEnum):
    PRIVATE = "private"
    GONE = "gone"
    NO_PLACE = "no_place"
    NO_FILE = "no_file"
    NO_IMAGE = "no_image"
    NO_STATEMENT = "no_statement"
    NO_ADDRESS = "no_address"
    NO_ANSWER = "no_answer"  # of another site
    ERROR = "error"  # of another site, which names its number


SENTENCES: dict[str, Promise] = {
    Reason.PRIVATE: _("“%(link)s” leads to the page “%(target)s”, which isn't public"),
    Reason.GONE: _("“%(link)s” leads to a page that was deleted"),
    Reason.NO_PLACE: _("“%(link)s” leads to the place “%(target)s” of a page, which isn't there"),
    Reason.NO_FILE: _("“%(link)s” leads to a file that was deleted"),
    Reason.NO_IMAGE: _("a figure shows an image that was deleted"),
    Reason.NO_STATEMENT: _("“%(target)s” is named, but no public statement has this reference"),
    Reason.NO_ADDRESS: _("“%(link)s” leads to %(target)s, where this site has nothing"),
    Reason.NO_ANSWER: _("“%(link)s” leads to %(target)s, which doesn't answer"),
    Reason.ERROR: _("“%(link)s” leads to %(target)s, which answers with an error"),
}

ELSEWHERE = (Reason.NO_ANSWER, Reason.ERROR)
ANCHOR = re.compile(r"""\bid=["']?([^"'\s>]+)""")
BATCH = 200


@dataclass(frozen=True)
class Fault:
    page: Any
    link: Link
    reason: Reason
    target: str

    @property
    def words(self) -> str:
        return self.link.words or self.target or self.link.target

    def __str__(self) -> str:
        return sentence(self.reason, self.words, self.target)


def sentence(reason: str, link: str, target: str) -> str:
    """In the language of whoever reads it."""
    return str(SENTENCES[reason]) % {"link": link, "target": target}


def internal_faults() -> Iterator[Fault]:
    """Of everything that is live; the same link of a translation isn't named again."""
    yield from (fault for fault in faults_of(live_texts()) if not is_inherited(fault))


def live_texts() -> Iterator[Any]:
    """In the order of the tree, a few at a time."""
    numbers = list(Page.objects.filter(live=True, depth__gt=1).order_by("path").values_list("pk", flat=True))
    for start in range(0, len(numbers), BATCH):
        batch = Page.objects.filter(pk__in=numbers[start : start + BATCH]).select_related("locale").order_by("path")
        yield from (page for page in batch.specific() if is_governed(page))


def faults_of(pages: Iterable[Any], *, coming: Collection[Any] = ()) -> Iterator[Fault]:
    """Of these texts as they are given, drafts too. `coming` is what goes live together with them."""
    found = [(page, link) for page in pages for link in dict.fromkeys(links_of(page))]
    by_kind: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for _page, link in found:
        by_kind[link.kind].add(link.target)
    known = Known(by_kind, coming)
    for page, link in found:
        if fault := known.check(page, link):
            yield fault


def is_inherited(fault: Fault) -> bool:
    """A translation leads where its source does: what is wrong there is mended there."""
    page = fault.page
    if page.locale.language_code == source_language():
        return False
    rows = type(page)._default_manager.filter(translation_key=page.translation_key, live=True)
    source = rows.filter(locale__language_code=source_language()).first()
    return source is not None and fault.link in set(links_of(source))


class Known:
    """What the targets of many links are: asked for once for each kind."""

    def __init__(self, targets: dict[Kind, set[str]], coming: Collection[Any]) -> None:
        pages = Page.objects.filter(pk__in=numbers(targets[Kind.PAGE])).only("pk", "title", "live", "translation_key")
        self.pages = {str(page.pk): page for page in pages}
        self.public = set(public(Page.objects.filter(pk__in=[page.pk for page in pages])).values_list("pk", flat=True))
        self.files = existing(get_document_model(), targets[Kind.FILE])
        self.images = existing(get_image_model(), targets[Kind.IMAGE])
        named = PermanentReference.objects.filter(pk__in=targets[Kind.STATEMENT])
        keys = dict(named.values_list("pk", "translation_key"))
        live = public(Page.objects.filter(translation_key__in=keys.values()))
        shown = set(live.values_list("translation_key", flat=True))
        shown |= {row.translation_key for row in coming}
        self.statements = {reference for reference, key in keys.items() if key in shown}
        self.drafts = {row.pk: row for row in coming}
        self.anchors: dict[str, set[str]] = {}

    def check(self, page: Any, link: Link) -> Fault | None:
        fault = partial(Fault, page, link)
        checks: dict[Kind, Callable[[], Fault | None]] = {
            Kind.PAGE: lambda: self.of_page(link, fault),
            Kind.FILE: lambda: None if link.target in self.files else fault(Reason.NO_FILE, ""),
            Kind.IMAGE: lambda: None if link.target in self.images else fault(Reason.NO_IMAGE, ""),
            Kind.STATEMENT: lambda: None if link.target in self.statements else fault(Reason.NO_STATEMENT, link.target),
            Kind.ADDRESS: lambda: self.of_address(page, link, fault),
        }
        return checks[link.kind]()

    def of_page(self, link: Link, fault: Callable[..., Fault]) -> Fault | None:
        target = self.pages.get(link.target)
        if target is None:
            return fault(Reason.GONE, "")
        if target.pk not in self.public and target.pk not in self.drafts:
            return fault(Reason.PRIVATE, target.title)
        return self.of_anchor(self.drafts.get(target.pk, target), link, fault)

    def of_anchor(self, target: Any, link: Link, fault: Callable[..., Fault]) -> Fault | None:
        if not link.anchor or link.anchor in self.anchors_of(target):
            return None
        return fault(Reason.NO_PLACE, link.anchor)

    def anchors_of(self, target: Any) -> set[str]:
        """As the page is shown, since most places of a page come from what stands below it."""
        key = str(target.pk)
        if key not in self.anchors:
            self.anchors[key] = set(ANCHOR.findall(written_out(target.specific if type(target) is Page else target)))
        return self.anchors[key]

    def of_address(self, page: Any, link: Link, fault: Callable[..., Fault]) -> Fault | None:
        """Only of this site; without an address, a place of the page itself."""
        if not link.target:
            return self.of_anchor(page, link, fault)
        path = path_here(link.target, seen_from=page_url(page, page.locale.language_code))
        if path is None:
            return None
        target = at(path)
        if target is None:
            return fault(Reason.NO_ADDRESS, path)
        return self.of_anchor(target, link, fault) if isinstance(target, Page) else None


def numbers(targets: Iterable[str]) -> list[int]:
    return [int(target) for target in targets if target.isdecimal()]


def existing(model: Any, targets: Iterable[str]) -> set[str]:
    """Those whose row and whose file are there."""
    rows = model._default_manager.filter(pk__in=numbers(targets))
    return {str(row.pk) for row in rows if row.file.storage.exists(row.file.name)}
