"""The title of a page and the addresses inside it, before its blocks are read."""

import re
from typing import Any

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED, REFUSED
from dfs_pages.importers.gitbook.inline import LINK_IN_A_TITLE, Inline, words_of
from dfs_pages.importers.gitbook.links import Links
from dfs_pages.rich_text import heading_anchor

EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])")
ALIGNED = re.compile(r"\btext-align\s*:\s*([\w-]+)")
IN_A_TABLE = frozenset({"colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"})
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


def name_losses(tree: Any, links: Links) -> None:
    """What no block here has a place for, and would go without a word."""
    for part in tree.iter():
        if not isinstance(part.tag, str):
            if words := (part.text or "").strip():
                links.met("comment", DEGRADED, _("a comment, which readers don't see, was left out"), words)
            continue
        if part.tag == "input":
            said = " ".join(f"{name}: {value}" for name, value in part.attrib.items())
            links.met("form field", DEGRADED, _("a field of a form was left out"), said)
        elif part.tag == "a":
            name_lost_link(part, links)
        if (how := alignment(part)) and part.tag not in IN_A_TABLE:
            links.met("alignment", DEGRADED, _("words stand at the start of their line"), f"{part.tag}: {how}")


def name_lost_link(link: Any, links: Links) -> None:
    """One around a picture stands below it; that of a card or a reference to a page needs no words."""
    href = link.get("href") or ""
    if title := link.get("title"):
        links.met("link title", DEGRADED, _("the title of a link was left out"), title)
    if not href or href.startswith("#") or words_of(link) or link.find(".//img") is not None:
        return
    if not any(above.tag == "gb-content-ref" or above.get("data-view") == "cards" for above in link.iterancestors()):
        links.met("link", REFUSED, _("a link without words was left out"), href)


def alignment(part: Any) -> str:
    """Of a table, those of its columns."""
    parts = part.iter("table", "col", "th", "td") if part.tag == "table" else [part]
    found = [one.get("align") or "".join(ALIGNED.findall(one.get("style") or "")) for one in parts]
    return " ".join(dict.fromkeys(how for how in found if how))


def fill_in(tree: Any, links: Links) -> None:
    """Variables get their values, as readers saw them; the names of icons are no words, those of emojis stay."""
    for icon in tree.xpath(".//i[contains(@class, 'fa-')]"):
        links.met("icon", DEGRADED, _("an icon was left out"), icon.get("class"))
        drop(icon)
    name_losses(tree, links)
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
