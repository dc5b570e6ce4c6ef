"""Reads every page of a book into a file of finished texts, before the database is touched."""

import json
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED
from dfs_pages.importers.gitbook.assets import AssetCheck
from dfs_pages.importers.gitbook.book import Book, Leaf, load_front_matter
from dfs_pages.importers.gitbook.convert import Page
from dfs_pages.importers.gitbook.heads import anchors_of, fill_in, take_title
from dfs_pages.importers.gitbook.inline import Inline
from dfs_pages.importers.gitbook.links import Assets, Links
from dfs_pages.importers.gitbook.markdown import NESTED, parse
from dfs_pages.importers.gitbook.store import BookError, read_text
from dfs_pages.importers.markup import key

USED_SETTINGS = {"description", "hidden", "if", "vars"}
DRAFTS = {
    "hidden": _("hidden in GitBook: imported as a draft"),
    "if": _("shown to some readers only in GitBook: imported as a draft"),
}
LONGEST_TITLE = 255
LONGEST_SHORT_TITLE = 80


@dataclass
class Reading:
    """`spool` holds one line of JSON for each page; names of pages and files in it are marks."""

    book: Book
    owner: str
    spool: IO[str]
    assets: Assets = field(default_factory=Assets)
    mark: str = field(default_factory=lambda: f"@{secrets.token_hex(8)}@")
    titles: list[str] = field(default_factory=list)

    def run(self, advance: Callable[[int], Any]) -> None:
        self.assets.check = AssetCheck(self.book.source)
        for leaf in self.book.leaves:
            text = self.text_of(leaf)
            self.titles.append(text["title"])
            self.spool.write(json.dumps(text, ensure_ascii=False) + "\n")
            advance(1)

    def key_of(self, leaf: Leaf) -> UUID:
        return key("gitbook", self.owner, leaf.identity)

    def text_of(self, leaf: Leaf) -> dict[str, Any]:
        found = {"number": leaf.number, "title": leaf.title, "short_title": "", "summary": "", "body": "[]"}
        links = Links(self.book, self.assets, self.mark, leaf.path)
        page = Page(links, str(self.key_of(leaf)), leaf.title)
        if leaf.path:
            try:
                self.read_page(leaf, page, found)
            except RecursionError as error:
                raise BookError(NESTED, file=leaf.path) from error
        elif leaf.url:
            page.link_line(leaf.url, leaf.url)
        found["body"] = json.dumps(page.out.blocks, ensure_ascii=False)
        return found

    def read_page(self, leaf: Leaf, page: Page, found: dict[str, Any]) -> None:
        name, account = leaf.path, self.book.account
        front, text = load_front_matter(name, read_text(self.book.source, name))
        for setting in sorted(front.keys() - USED_SETTINGS, key=str):
            what = f"{setting}: {front[setting]}"
            account.met("page setting", DEGRADED, _("it has no meaning here"), file=name, what=what)
        for setting, reason in DRAFTS.items():
            if front.get(setting):
                account.met("page setting", DEGRADED, reason, file=name, what=str(front[setting]))
                leaf.draft = True
        tree = parse(name, text, lost=page.lost)
        page.links.values = self.book.values_for(name, front)
        fill_in(tree, page.links)
        page.links.anchors = anchors_of(tree)
        inline = Inline(page.links)
        title, in_full = page.fitting(take_title(tree, inline), LONGEST_TITLE)
        found["title"] = title or leaf.title
        if title and title != leaf.title and len(leaf.title) <= LONGEST_SHORT_TITLE:
            found["short_title"] = leaf.title
        found["summary"] = " ".join(str(front.get("description") or "").split())
        page.title = page.latest_heading = found["title"]
        page.lead(in_full)
        page.pictures(inline)
        page.fill(tree)

    def batches(self, size: int, ids: dict[str, int]) -> Iterator[list[tuple[Leaf, dict[str, Any]]]]:
        """`ids` says by mark what each page, picture and file became."""
        self.spool.seek(0)
        chosen = re.compile(rf'(?<!\\)"{self.mark}(\w+:\d+):"')
        written = re.compile(rf"{self.mark}(\w+:\d+):")
        batch = []
        for line in self.spool:
            text = json.loads(line)
            body = chosen.sub(lambda match: str(ids[match[1]] or "null"), text["body"])
            text["body"] = written.sub(lambda match: str(ids[match[1]]), body)
            batch.append((self.book.leaves[text["number"]], text))
            if len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch
