"""Everything a text leads to: pages, files, pictures, statements by their reference, and addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from dfs_pages.blocks.choosers import StatementReference
from dfs_pages.blocks.records import Risks

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
ATTRIBUTE = re.compile(r'\b([\w-]+)="([^"]*)"')


class Kind(StrEnum):
    PAGE = "page"
    FILE = "document"
    IMAGE = "image"
    STATEMENT = "statement"
    ADDRESS = "address"


@dataclass(frozen=True)
class Link:
    """`target` is an id, a reference or an address; the words are only for people."""

    kind: Kind
    target: str
    anchor: str = ""
    words: str = field(default="", compare=False)


CHOOSERS: tuple[tuple[type[blocks.Block], Kind], ...] = (
    (blocks.PageChooserBlock, Kind.PAGE),
    (DocumentChooserBlock, Kind.FILE),
    (ImageChooserBlock, Kind.IMAGE),
)


def links_of(instance: Any) -> Iterator[Link]:
    """Of a page as it is, saved or not; costs no query."""
    for reference in getattr(instance, "related", ()):
        yield Link(Kind.STATEMENT, reference)
    for one in instance._meta.get_fields():
        if isinstance(one, StreamField):
            yield from in_block(one.stream_block, getattr(instance, one.name))
        elif isinstance(one, models.URLField) and getattr(instance, one.name):
            yield Link(Kind.ADDRESS, getattr(instance, one.name))


def in_block(block: Any, value: Any) -> Iterator[Link]:
    if not value or isinstance(block, Risks):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from in_block(child.block, child.value)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from in_block(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from in_block(block.child_block, item)
    elif isinstance(block, blocks.RichTextBlock):
        yield from in_html(value.source)
    elif isinstance(block, StatementReference):
        yield Link(Kind.STATEMENT, value)
    elif isinstance(block, blocks.URLBlock):
        yield Link(Kind.ADDRESS, value)
    else:
        yield from (Link(kind, str(value.pk)) for chooser, kind in CHOOSERS if isinstance(block, chooser))


def in_html(html: str) -> Iterator[Link]:
    """Of rich text as Wagtail stores it; what is linked by other apps is theirs."""
    for attributes, words in LINK.findall(html):
        found = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        said = unescape(strip_tags(words)).strip()
        kind = found.get("linktype", "")
        if kind in (Kind.PAGE, Kind.FILE) and "id" in found:
            yield Link(Kind(kind), found["id"], found.get("data-anchor", ""), said)
        elif not kind and found.get("href"):
            address, _hash, anchor = found["href"].partition("#")
            yield Link(Kind.ADDRESS, address, anchor, said)
