"""Reads a SUMMARY.md: nested lists of links, with headings that group them."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_noop as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from dfs_pages.importers.gitbook.store import BookError

TOO_DEEP = _("The contents of the book are nested too deeply.")


@dataclass
class Item:
    """`target` is empty for a heading, and for an entry that is no link."""

    title: str
    target: str = ""
    children: list["Item"] = field(default_factory=list)


def safe_split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def parse_contents(text: str) -> list[Item]:
    try:
        return items_of(SyntaxTreeNode(MarkdownIt("commonmark", {"maxNesting": 100_000}).parse(text)))
    except RecursionError as error:
        raise BookError(TOO_DEEP) from error


def items_of(root: SyntaxTreeNode) -> list[Item]:
    items: list[Item] = []
    group = items
    for node in root.children:
        if node.type == "heading" and node.tag != "h1":
            items.append(Item(words(node)))
            group = items[-1].children
        elif node.type in ("bullet_list", "ordered_list"):
            group += [item for entry in node.children if (item := item_of(entry))]
    return [item for item in items if item.target or item.children]


def item_of(entry: SyntaxTreeNode) -> Item | None:
    item = None
    for node in entry.children:
        if node.type == "paragraph" and item is None:
            link = next((part for part in node.walk() if part.type == "link"), None)
            target = str(link.attrs["href"]).strip() if link else ""
            item = Item(words(link or node) or target or "Page", target)
        elif node.type in ("bullet_list", "ordered_list") and item is not None:
            item.children += [below for child in node.children if (below := item_of(child))]
    return item


def words(node: SyntaxTreeNode) -> str:
    parts = [part.content for part in node.walk() if part.type in ("text", "code_inline")]
    return " ".join("".join(parts).split())[:255]
