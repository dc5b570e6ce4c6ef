"""Imports a GitBook book: all or nothing, and a second run changes only what changed in the book.

What an editor changed since is left alone and named. Everything is read and checked first; the database is written
in one transaction, with the texts in batches, so that editors wait for seconds and memory stays small.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _
from wagtail.models import Locale, Page, PageLogEntry

from dfs_pages.importers.gitbook.account import Account
from dfs_pages.importers.gitbook.assets import AssetStore
from dfs_pages.importers.gitbook.book import read_book
from dfs_pages.importers.gitbook.reading import Reading
from dfs_pages.importers.gitbook.redirects import keep_addresses, lead_from_old_addresses
from dfs_pages.importers.gitbook.store import BookError, Source, open_source
from dfs_pages.models import ChapterPage, HomePage, IndexPage
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.staged import Place, StagedTree
from dfs_workflow.importers.stored import adopt, changes
from dfs_workflow.importers.tree import update_page
from dfs_workflow.models import ContentVersion, Decision

BATCH = 100
ACTION = "dfs_pages.import"
Progress = Callable[[str, int, int], Any]


@dataclass(frozen=True)
class Order:
    """What is asked for. As drafts, nothing is shown to readers before a second person has approved it."""

    path: Path
    parent: Page
    name: str = ""
    as_drafts: bool = False
    dry_run: bool = False
    by: Any = None


def import_gitbook(order: Order, *, progress: Progress = lambda stage, done, total: None) -> Account:
    with open_source(order.path, name=order.name) as source, tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        account = Account()
        language = order.parent.locale.language_code
        book = read_book(source, account, language=language, title=order.name)
        reading = Reading(book, f"{order.parent.translation_key}/{book_name(order, source)}", spool)
        total, done = len(book.leaves), 0

        def advance(steps: int) -> None:
            nonlocal done
            done += steps
            progress("read", done, total)

        reading.run(advance)
        progress("write", 0, total)
        write(order, source, reading)
        progress("done", total, total)
        return account


def book_name(order: Order, source: Source) -> str:
    """Part of the identity of each page: two books may stand below one parent."""
    return order.name or source.name


def reason_of(order: Order, source: Source) -> str:
    return f"Import of the GitBook book “{book_name(order, source)}”"


def write(order: Order, source: Source, reading: Reading) -> None:
    store = AssetStore(source, by=order.by, dry_run=order.dry_run)
    reason = reason_of(order, source)
    try:
        with transaction.atomic(), system_publication(reason=reason, by=order.by):
            Writing(order, reading, store, reason).run()
            if order.dry_run:
                transaction.set_rollback(True)
    except BaseException:
        store.take_back()
        raise


class Writing:
    def __init__(self, order: Order, reading: Reading, store: AssetStore, reason: str) -> None:
        self.order, self.reading, self.store, self.reason = order, reading, store, reason
        self.account = reading.book.account
        self.locale = order.parent.locale
        self.places: dict[int, Place] = {}
        self.new: dict[int, str] = {}  # slug by number
        self.tree = StagedTree(self.locale.pk, by=order.by, source=reason)

    def run(self) -> None:
        parent = Page.objects.select_for_update().get(pk=self.order.parent.pk)
        self.place_all(Place(parent.path, parent.depth, parent.url_path, parent.pk))
        ids = self.store.write(self.reading.assets.numbers)
        ids |= {f"page:{number}": place.pk for number, place in self.places.items()}
        for batch in self.reading.batches(BATCH, ids):
            self.tree.insert_contents([self.wanted(leaf, text) for leaf, text in batch if leaf.number in self.new])
            self.compare([(leaf, text) for leaf, text in batch if leaf.number not in self.new])
        self.tree.finish()
        self.account.created = len(self.new)
        self.account.gone = left_the_book(
            parent, self.reason, {self.reading.key_of(x) for x in self.reading.book.leaves}
        )
        keep_addresses(self.reading.book, {number: place.pk for number, place in self.places.items()})
        self.account.redirects = lead_from_old_addresses([place.pk for place in self.places.values()])
        if self.new or self.account.changed:
            ContentVersion.bump()

    def is_live(self, leaf: Any) -> bool:
        return not (leaf.draft or self.order.as_drafts)

    def place_all(self, parent: Place) -> None:
        """Where each page stands; the rows of new ones are written, so that their ids are known."""
        known = self.known_places()
        waiting: list[tuple[int, Page]] = []
        for leaf in self.reading.book.leaves:
            above = self.places[leaf.parent] if leaf.parent >= 0 else parent
            place = known.get(self.reading.key_of(leaf))
            if place is None:
                place, slug = self.tree.next_place(above, leaf.slug, is_new=leaf.parent in self.new)
                self.new[leaf.number] = slug
                waiting.append((leaf.number, self.page_at(leaf, place, slug)))
            self.places[leaf.number] = place
            if len(waiting) == BATCH:
                self.insert(waiting)
        self.insert(waiting)

    def insert(self, waiting: list[tuple[int, Page]]) -> None:
        self.tree.insert_places([page for _number, page in waiting])
        for number, page in waiting:
            self.places[number].pk = page.pk
        waiting.clear()

    def known_places(self) -> dict[Any, Place]:
        keys = [self.reading.key_of(leaf) for leaf in self.reading.book.leaves]
        known = {}
        for start in range(0, len(keys), 500):
            rows = Page.objects.filter(locale=self.locale, translation_key__in=keys[start : start + 500])
            for pk, own, path, depth, url_path in rows.values_list(
                "pk", "translation_key", "path", "depth", "url_path"
            ):
                known[own] = Place(path, depth, url_path, pk)
        return known

    def page_at(self, leaf: Any, place: Place, slug: str) -> ChapterPage:
        page = ChapterPage(
            title=self.reading.titles[leaf.number],
            slug=slug,
            translation_key=self.reading.key_of(leaf),
            live=self.is_live(leaf),
            numchild=sum(1 for child in leaf.children),
        )
        self.tree.stand(page, place)
        return page

    def wanted(self, leaf: Any, text: dict[str, Any]) -> ChapterPage:
        place = self.places[leaf.number]
        page = self.page_at(leaf, place, self.new.get(leaf.number, ""))
        page.short_title, page.summary, page.body = text["short_title"], text["summary"], text["body"]
        page.pk = place.pk
        return page

    def compare(self, texts: list[tuple[Any, dict[str, Any]]]) -> None:
        keys = {self.reading.key_of(leaf): (leaf, text) for leaf, text in texts}
        rows = list(ChapterPage.objects.filter(locale=self.locale, translation_key__in=keys)) if keys else []
        untouched = untouched_since_import(rows)
        for row in rows:
            leaf, text = keys[row.translation_key]
            current = row if row.live else row.get_latest_revision_as_object()
            wanted = self.wanted(leaf, text)
            wanted.slug = current.slug
            differs = bool(changes(current, wanted)) or (wanted.live and not row.live)
            if not differs:
                self.account.unchanged += 1
            elif row.pk not in untouched:
                self.account.left_alone.append(str(row))
            else:
                self.update(current, wanted)

    def update(self, current: ChapterPage, wanted: ChapterPage) -> None:
        adopt(current, wanted)
        if current.live:
            update_page(current, by=self.order.by)
        else:
            revision = current.save_revision(user=self.order.by, log_action=ACTION)
            if wanted.live:
                revision.publish(user=self.order.by, skip_permission_checks=True)
        self.account.changed += 1


def left_the_book(parent: Page, reason: str, keys: set[Any]) -> list[tuple[str, str]]:
    """Pages that earlier runs made from this book and that are not in it now. They are kept: editors decide."""
    loaded = Decision.objects.filter(kind=Decision.Kind.SYSTEM, reason=reason).values_list("object_id", flat=True)
    logged = PageLogEntry.objects.filter(action="wagtail.create", data__import=reason)
    made = {int(key) for key in loaded} | set(logged.values_list("page_id", flat=True))
    rows = ChapterPage.objects.filter(path__startswith=parent.path, locale_id=parent.locale_id).order_by("path")
    found = rows.values_list("pk", "translation_key", "title", "url_path")
    return [(title, url.split("/", 2)[2]) for pk, key, title, url in found if pk in made and key not in keys]


def untouched_since_import(rows: list[ChapterPage]) -> set[int]:
    """Their newest version was made by an import, and what is live is that version."""
    latest = {row.latest_revision_id: row for row in rows}
    system = Decision.objects.filter(kind=Decision.Kind.SYSTEM, revision_id__in=latest)
    loaded = set(system.values_list("revision_id", flat=True))
    logged = PageLogEntry.objects.filter(revision_id__in=latest, action__in=["wagtail.create", ACTION])
    drafted = set(logged.values_list("revision_id", flat=True))
    return {
        row.pk
        for revision, row in latest.items()
        if (revision in loaded and row.live_revision_id == revision) or (not row.live and revision in drafted)
    }


def find_parent(path: str, language: str) -> Page:
    """A page by its address, such as `recommendations`; without one the first list of the site."""
    try:
        locale = Locale.objects.get(language_code=language)
    except Locale.DoesNotExist as error:
        raise BookError(_("The site has no language “%(language)s”."), language=language) from error
    homes = HomePage.objects.filter(locale=locale)
    home = homes.order_by("path").first()
    if home is None:
        raise BookError(
            _("There is no home page in the language “%(language)s” yet; load the content first."), language=language
        )
    below = path.strip("/").removeprefix(f"{language}/")
    found = (
        Page.objects.filter(url_path=f"{home.url_path}{below}/").first()
        if below
        else IndexPage.objects.child_of(home).order_by("path").first()
    )
    if found is None:
        raise BookError(
            _("There is no page “%(path)s” in the language “%(language)s”."), path=path or "…", language=language
        )
    specific = found.specific
    if not isinstance(specific, IndexPage | ChapterPage):
        raise BookError(_("A book can't stand below “%(page)s”: choose a list of chapters, or a chapter."), page=found)
    return specific
