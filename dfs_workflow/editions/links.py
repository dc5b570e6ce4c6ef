"""Addresses in a text that is frozen: permanent references, paths inside the edition, and files by their hash."""

import re
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

import lxml.html
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from dfs_workflow.models import PermanentReference
from dfs_workflow.query import public

# Under these addresses the texts of every edition name each other; a view puts the reader's language and edition in.
BY_REFERENCE = "edition:r/{}/"
BY_PATH = "edition:{}"
FILE = "edition-file:{}"
HOLDS_ADDRESSES = re.compile(r"<(a|img|embed)\b|data-statement=")


class Links:
    """Collects the files of one text while its links are rewritten."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, bytes]] = {}

    def made_permanent(self, html: str) -> str:
        if not HOLDS_ADDRESSES.search(html):
            return " ".join(html.split(" ")).strip()
        root = lxml.html.fragment_fromstring(html, create_parent="div")
        for node in list(root.iter("a", "img", "embed")):
            self.rewrite(node)
        for node in root.xpath(".//*[@data-statement]"):
            reference = node.attrib.pop("data-statement")
            link = lxml.html.Element("a", href=BY_REFERENCE.format(reference))
            link.text = reference
            node.append(link)
        return inner(root).strip()

    def rewrite(self, node: Any) -> None:
        kind = node.get("linktype") or node.get("embedtype") or ""
        number = node.get("id", "")
        if node.tag == "img" or kind == "image":
            self.rewrite_image(node, node.get("data-image") or number)
        elif kind == "page":
            page = public(Page.objects.filter(pk=int(number))).first() if number.isdecimal() else None
            point(node, address_of(page) if page else None)
        elif kind == "document":
            found = get_document_model().objects.filter(pk=int(number)).first() if number.isdecimal() else None
            point(node, FILE.format(self.keep(found.filename, found.file)) if found else None)
        elif kind:
            node.drop_tag()  # a chip of a text that is filled in elsewhere: its words stay

    def rewrite_image(self, node: Any, number: str) -> None:
        image = get_image_model().objects.filter(pk=int(number)).first() if number.isdecimal() else None
        words = node.get("alt", "")
        node.attrib.clear()
        node.tag = "img"
        node.set("alt", words)
        if image:
            node.set("src", FILE.format(self.keep(image.filename, image.file)))
            node.set("width", str(image.width))
            node.set("height", str(image.height))

    def keep(self, name: str, file: Any) -> str:
        with file.open("rb") as opened:
            content = opened.read()
        digest = sha256(content).hexdigest()
        self.files[digest] = (PurePosixPath(name).name, content)
        return digest


def address_of(page: Page) -> str:
    entry = PermanentReference.objects.filter(translation_key=page.translation_key).first()
    return BY_REFERENCE.format(entry.pk) if entry else BY_PATH.format(page.url_path.split("/", 2)[2])


def point(node: Any, address: str | None) -> None:
    """What can't be reached any more leaves its words without a link."""
    for name in list(node.attrib):
        del node.attrib[name]
    if address:
        node.set("href", address)


def inner(root: Any) -> str:
    parts = [escape(root.text or "")]
    parts += [lxml.html.tostring(child, encoding="unicode") for child in root]
    return "".join(parts)
