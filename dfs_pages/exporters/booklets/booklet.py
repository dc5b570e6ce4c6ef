"""A booklet as data: what all its formats are made of, without a database and without a request."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

FORMAT = 2  # goes up when the same content gives other files


@dataclass(frozen=True)
class Part:
    """What stands under one heading. `address` is where it stays on the site, `notes` are the platform's words.

    `language` is set where it is not that of the booklet; a part that `begins` starts a page or file of its own.
    """

    level: int
    title: str
    anchor: str
    html: str
    address: str = ""
    reference: str = ""
    statement: str = ""
    language: str = ""
    notes: Sequence[str] = ()
    begins: bool = False

    @property
    def heading(self) -> str:
        return f"{self.reference} {self.title}".strip()


@dataclass(frozen=True)
class Booklet:
    """`state` is the edition, or that this is the text of a day; `places` the anchors of the addresses in it."""

    language: str
    title: str
    site: str
    address: str
    date: str
    state: str
    notices: Sequence[str]
    parts: Sequence[Part]
    abbreviations: Sequence[tuple[str, str]] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def places(self) -> dict[str, str]:
        return {part.address: part.anchor for part in self.parts if part.address}

    @cached_property
    def sha256(self) -> str:
        """Of everything that a reader sees."""
        said: dict[str, Any] = asdict(self)
        said["pictures"] = {name: hashlib.sha256(data).hexdigest() for name, data in self.pictures.items()}
        text = json.dumps([FORMAT, said], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def without_pictures(self) -> "Booklet":
        return replace(self, pictures={})

    def anchor_of(self, href: str) -> str:
        """Where a link leads inside the booklet; empty where it leads out of it."""
        address, _, _below = href.partition("#")
        return self.places.get(href) or self.places.get(address, "")
