"""From the plain text of a content file to what Wagtail stores. Only links and bold type are known."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.html import escape

NAMESPACE = uuid5(NAMESPACE_URL, "dfs-security-platform")
LINK = re.compile(r"\[([^\]\[]+)\]\((page:[a-z0-9-]+|https?://[^\s()]+|/(?!/)[^\s()]*)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
PageId = Callable[[str], int | None]


def key(*parts: str) -> UUID:
    """The same on each load and on each site, so that a page or block is recognised again."""
    return uuid5(NAMESPACE, "/".join(parts))


def inline(text: str, page_id: PageId) -> str:
    """HTML of one paragraph. A link to a page that isn't there yet is its text only; the next pass completes it."""

    def link(match: re.Match[str]) -> str:
        label, target = match[1], match[2]
        if not target.startswith("page:"):
            return f'<a href="{target}">{label}</a>'
        found = page_id(target.removeprefix("page:"))
        return f'<a id="{found}" linktype="page">{label}</a>' if found else label

    return BOLD.sub(r"<b>\1</b>", LINK.sub(link, escape(text)))


class Blocks:
    """Builds the stored form of a StreamField.

    A block's identity comes from its owner, kind and place, so that it keeps its translations when its words change.
    """

    def __init__(self, owner: str, page_id: PageId = lambda slug: None) -> None:
        self.owner = owner
        self.page_id = page_id
        self.blocks: list[dict[str, Any]] = []
        self.count: Counter[str] = Counter()

    def identity(self, kind: str) -> str:
        self.count[kind] += 1
        return str(key(self.owner, kind, str(self.count[kind])))

    def add(self, kind: str, value: Any) -> "Blocks":
        self.blocks.append({"type": kind, "value": value, "id": self.identity(kind)})
        return self

    def items(self, values: Iterable[Any]) -> list[dict[str, Any]]:
        return [{"type": "item", "value": value, "id": self.identity("item")} for value in values]

    def heading(self, text: str) -> "Blocks":
        return self.add("heading", text)

    def paragraph(self, text: str) -> "Blocks":
        return self.add("paragraph", self.rich(text))

    def paragraphs(self, texts: Iterable[str]) -> "Blocks":
        for text in texts:
            self.paragraph(text)
        return self

    def list(self, texts: Iterable[str]) -> "Blocks":
        return self.add("list", self.items(self.rich(text) for text in texts))

    def definitions(self, pairs: Iterable[tuple[str, str]]) -> "Blocks":
        return self.add("definitions", self.items({"term": term, "text": self.rich(text)} for term, text in pairs))

    def rich(self, text: str) -> str:
        return f"<p>{inline(text, self.page_id)}</p>"
