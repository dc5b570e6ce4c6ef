"""The title of a page and the addresses inside it, before its blocks are read."""

from typing import Any

from dfs_pages.importers.gitbook.inline import Inline, words_of
from dfs_pages.rich_text import heading_anchor


def drop(element: Any) -> None:
    """Takes an element out and keeps what follows it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def take_title(tree: Any, inline: Inline) -> str:
    """The heading of the first level at the top is the title of the page; it is taken out."""
    first = next(iter(tree), None)
    if first is None or first.tag != "h1" or (tree.text or "").strip():
        return ""
    text = inline.plain(first, where="a title")
    drop(first)
    return text


def anchors_of(tree: Any) -> dict[str, str]:
    """Addresses inside the page, as the source names them."""
    found = {}
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        words = heading_anchor(words_of(heading))
        for mark in (heading, *heading.iter("a")):
            if mark.get("id"):
                found[mark.get("id")] = words
    return found
