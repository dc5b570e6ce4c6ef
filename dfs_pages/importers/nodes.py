"""What a load wants to be there, before it is compared with what is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from dfs_pages.importers.markup import key
from dfs_pages.importers.schema import Source


@dataclass
class Node:
    """An unsaved page, known by its translation key, the file it comes from, and what stands below it."""

    page: Page
    file: str
    children: list["Node"] = field(default_factory=list)


def node(model: type[Page], file: str, identity: str, *, children: Sequence[Node] = (), **values: Any) -> Node:
    page = model(translation_key=key(model.__name__, identity), live=True, **values)
    return Node(page, file, list(children))


def sources(owner: str, listed: Sequence[Source]) -> list[dict[str, Any]]:
    return [
        {"type": "source", "value": {"title": s.title, "url": s.url}, "id": str(key(owner, "source", str(number)))}
        for number, s in enumerate(listed, start=1)
    ]


def lines(items: Sequence[str]) -> str:
    return "\n".join(items)
