"""The title of a page and the addresses inside it, before its blocks are read."""

import re
from typing import Any

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED
from dfs_pages.importers.gitbook.inline import LINK_IN_A_TITLE, Inline, words_of
from dfs_pages.importers.gitbook.links import Links
from dfs_pages.rich_text import heading_anchor

EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])")
VARIABLE = re.compile(r"(?:space|page)\.vars\.[\w-]+")


def drop(element: Any, *, leaving: str = "") -> None:
    """Takes an element out and keeps what follows it."""
    parent, before = element.getparent(), element.getprevious()
    if words := leaving + (element.tail or ""):
        if before is not None:
            before.tail = (before.tail or "") + words
        else:
            parent.text = (parent.text or "") + words
    parent.remove(element)


def fill_in(tree: Any, links: Links) -> None:
    """Variables get their values, as readers saw them; the names of icons are no words, those of emojis stay."""
    for icon in tree.xpath(".//i[contains(@class, 'fa-')]"):
        links.met("icon", DEGRADED, _("an icon was left out"), icon.get("class"))
        drop(icon)
    for text in tree.xpath(".//text()[not(ancestor::code or ancestor::pre)]"):
        for name in EMOJI.findall(text):
            links.met("emoji", DEGRADED, _("its name stands for it"), name)
    for code in tree.xpath(".//code[@class='expression']"):
        name = code.text_content().strip()
        value = links.values.get(name) if VARIABLE.fullmatch(name) else None
        if value is None:
            links.met("expression", DEGRADED, _("it is not worked out: it stands as it is written"), name)
        else:
            links.met("expression", MAPPED)
            drop(code, leaving=value)


def take_title(tree: Any, inline: Inline) -> str:
    """The heading of the first level at the top is the title of the page; it is taken out."""
    first = next(iter(tree), None)
    if first is None or first.tag != "h1" or (tree.text or "").strip():
        return ""
    text = inline.plain(first, lost=LINK_IN_A_TITLE)
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
