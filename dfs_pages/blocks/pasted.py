"""Headings and tables pasted into running text, from Word for instance, become blocks of their own.

As blocks, headings have their anchor, stand in the contents of the page, and are seen by translation and exports.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import Block
from wagtail.rich_text import RichText

from dfs_pages.blocks.pasted_tables import BAR, split_tables

# The editor writes headings only side by side with paragraphs and lists, never inside one.
HEADING = re.compile(r"<h([1-4])\b[^>]*>(.*?)</h\1>", re.DOTALL)


def split_pasted(value: Any, child_blocks: dict[str, Block]) -> list[tuple[str, Any, str | None]]:
    """The blocks of `value` as (name, value, id); a heading too long for its block stays a paragraph."""
    longest = child_blocks["heading"].field.max_length
    texts = [child.value.source for child in value if child.block_type == "paragraph"]
    levels = [int(match[1]) for text in texts for match in HEADING.finditer(text)]
    result: list[tuple[str, Any, str | None]] = []
    for child in value:
        if child.block_type != "paragraph" or not is_pasted(child.value.source):
            result.append((child.block_type, child.value, child.id))
            continue
        pieces = list(parts_of(child.value.source, min(levels, default=1), longest))
        keeps = place_of_text(pieces)
        result += [
            (name, child_blocks[name].normalize(piece), child.id if place == keeps else None)
            for place, (name, piece) in enumerate(pieces)
        ]
    return result


def is_pasted(source: str) -> bool:
    return bool(BAR in source or HEADING.search(source))


def place_of_text(pieces: list[tuple[str, Any]]) -> int:
    """Which piece keeps the id, on which comments and translations hang: the first text, even below a new heading."""
    return next((place for place, (name, _) in enumerate(pieces) if name == "paragraph"), 0)


def parts_of(source: str, top: int, longest: int) -> Iterator[tuple[str, Any]]:
    """Headings of level `top` as `heading`, those below as `subheading`, between them `paragraph` and `table`."""
    text, end = "", 0
    for match in HEADING.finditer(source):
        text += source[end : match.start()]
        end = match.end()
        title = " ".join(plain(match[2]).split())
        if len(title) > longest:
            text += f"<p>{match[2]}</p>"
        elif title:
            yield from text_and_tables(text)
            yield ("heading" if int(match[1]) == top else "subheading"), title
            text = ""
    yield from text_and_tables(text + source[end:])


def text_and_tables(source: str) -> Iterator[tuple[str, Any]]:
    for piece in split_tables(source):
        if isinstance(piece, dict):
            yield "table", piece
        elif plain(piece).strip():
            yield "paragraph", RichText(piece)


def plain(html: str) -> str:
    return unescape(strip_tags(html.replace("<br/>", " ")))
