"""What the links, pictures and files of a page lead to. What is not known before all is written is a mark."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED, REFUSED, Account
from dfs_pages.importers.gitbook.book import Book
from dfs_pages.importers.gitbook.contents import safe_split
from dfs_pages.importers.gitbook.markdown import check_address
from dfs_pages.rich_text import heading_anchor

GITBOOK = re.compile(r"^https?://app\.gitbook\.com/|^broken-reference\b|^/(?:o|s|spaces)/")
IMAGES = frozenset({".avif", ".gif", ".jpg", ".jpeg", ".png", ".webp"})
BROKEN = _("it leads nowhere in the source; its words are kept")
ELSEWHERE = _("a picture on another site is not loaded; its address is kept as a link")
NOT_IN_THE_BOOK = _("the file is not in the book")


@dataclass
class Assets:
    """Pictures and files of the book that its pages use; each has a number that stands in the text."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    check: Callable[[str, str], str] = lambda kind, path: ""

    def number(self, kind: str, path: str) -> tuple[int, str]:
        """Its number, or why it is refused."""
        key = (kind, path)
        if key not in self.numbers and key not in self.refused:
            problem = self.check(kind, path)
            if problem:
                self.refused[key] = problem
            else:
                self.numbers[key] = len(self.numbers)
        return self.numbers.get(key, -1), self.refused.get(key, "")


@dataclass
class Links:
    """For one page."""

    book: Book
    assets: Assets
    mark: str
    path: str
    anchors: dict[str, str] = field(default_factory=dict)  # of this page: as the source names it -> as it is here
    values: dict[str, str] = field(default_factory=dict)  # of variables, such as `space.vars.name`

    @property
    def account(self) -> Account:
        return self.book.account

    def met(self, kind: str, outcome: str, reason: str = "", what: str = "") -> None:
        self.account.met(kind, outcome, reason, file=self.path, what=what)

    def page_mark(self, number: int) -> str:
        return f"{self.mark}page:{number}:"

    def opening(self, href: str) -> str:
        """The opening tag of a link as Wagtail stores it; empty where only the words stay."""
        href = href.strip()
        check_address(href, self.path)
        if GITBOOK.match(href):
            return self.words_only(_("it leads to GitBook itself; its words are kept"), href)
        parts = safe_split(href)
        if parts is None or (not href):
            return self.words_only(BROKEN, href)
        if parts.scheme in ("http", "https", "mailto", "tel"):
            self.met("link", MAPPED)
            return f'<a href="{escape(href)}">'
        if parts.scheme or href.startswith("//"):
            return self.words_only(_("an address of this kind is not linked; its words are kept"), href)
        if not parts.path:
            self.met("link", MAPPED)
            return f'<a href="#{escape(self.anchor(parts.fragment))}">'
        return self.to_file(self.target(parts.path), parts.fragment, href)

    def to_file(self, path: str, fragment: str, href: str) -> str:
        if path in self.book.by_path:
            self.met("link", MAPPED)
            anchor = f' data-anchor="{escape(heading_anchor(unquote(fragment)))}"' if fragment else ""
            return f'<a{anchor} id="{self.page_mark(self.book.by_path[path])}" linktype="page">'
        if not path:
            return self.words_only(BROKEN, href)
        if path.lower().endswith((".md", ".markdown")):
            return self.words_only(_("it leads to a page that is not imported; its words are kept"), href)
        number, problem = self.assets.number("document", path)
        if problem:
            return self.words_only(problem, href)
        self.met("link", MAPPED)
        return f'<a id="{self.mark}document:{number}:" linktype="document">'

    def words_only(self, reason: str, href: str) -> str:
        self.met("link", REFUSED, reason, what=href)
        return ""

    def anchor(self, fragment: str) -> str:
        name = unquote(fragment)
        return self.anchors.get(name) or heading_anchor(name)

    def target(self, path: str) -> str:
        """The file of the book that a relative address means; from the root of its space if it begins with /."""
        plain = unquote(path)
        for folder in (posixpath.dirname(self.path), *self.roots()):
            wanted = posixpath.normpath(posixpath.join("" if plain.startswith("/") else folder, plain.lstrip("/")))
            if not wanted.startswith("..") and (found := self.book.find("" if wanted == "." else wanted)):
                return found
            if not plain.startswith("/"):
                break
        return ""

    def roots(self) -> list[str]:
        return sorted((s for s in self.book.spaces if self.path.startswith(f"{s}/")), key=len, reverse=True)

    def place(self, href: str) -> tuple[str] | str | None:
        """Where a card leads: a page of the book in a tuple, an address elsewhere, or nowhere."""
        href = href.strip()
        check_address(href, self.path)
        parts = safe_split(href)
        if parts is None or GITBOOK.match(href):
            return self.nowhere(BROKEN, href)
        if parts.scheme in ("http", "https") and len(href) <= 500:
            self.met("link", MAPPED)
            return href
        path = self.target(parts.path) if parts.path and not parts.scheme else ""
        if path not in self.book.by_path:
            return self.nowhere(_("a card can't lead to a file; its words are kept") if path else BROKEN, href)
        self.met("link", MAPPED)
        return (self.page_mark(self.book.by_path[path]),)

    def nowhere(self, reason: str, href: str) -> None:
        self.met("link", REFUSED, reason, what=href)

    def image(self, src: str) -> int | None:
        """The number of a picture; None where there is none, which is accounted for."""
        src = src.strip()
        check_address(src, self.path)
        parts = safe_split(src)
        if parts is None or parts.scheme or src.startswith("//"):
            is_elsewhere = parts is not None and parts.scheme in ("http", "https")
            self.met("image", DEGRADED, ELSEWHERE if is_elsewhere else _("not a file"), src)
            return None
        path = self.target(parts.path) if parts.path else ""
        if not path:
            self.met("image", REFUSED, NOT_IN_THE_BOOK, src)
            return None
        number, problem = self.assets.number("image", path)
        if problem:
            self.met("image", REFUSED, problem, src)
            return None
        self.met("image", MAPPED)
        return number
