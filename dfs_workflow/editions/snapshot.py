"""One governed object as it will be read for ever: its texts as HTML and as plain words, without any live address.

The bytes depend on nothing but the decided version: no request, no date, no address that could move, no file that
could be replaced. Labels, the frame and the order on the screen belong to the site and are not in them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.html import linebreaks, strip_tags
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from dfs_workflow.editions.links import Links
from dfs_workflow.fields import CodesField
from dfs_workflow.models.digest import BOOKKEEPING, canonical

FORMAT = "dfs-edition/1"
# The statement first, then what explains it, then the facts; within these as the model lists them.
FIRST = ("statement", "definition", "description", "lead", "summary")
# Not for readers, kept beside the texts, or only of use while the page lives.
LEFT_OUT = BOOKKEEPING | {
    *("id", "title", "term", "reference", "slug", "seo_title", "search_description", "show_in_menus", "missing"),
    *("go_live_at", "expire_at", "translation_key", "locale", "sort_order", "reference_prefix", "short_title"),
}


@dataclass(frozen=True)
class Frozen:
    content: str
    lead: str
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return sha256(self.content.encode()).hexdigest()


def freeze(instance: Any, language: str) -> Frozen:
    links = Links()
    with translation.override(language):
        fields = [part for part in parts_of(instance, links) if part["units"]]
    data = {
        "format": FORMAT,
        "kind": instance._meta.model_name,
        "key": str(instance.translation_key),
        "language": language,
        "reference": getattr(instance, "reference", ""),
        "title": title_of(instance),
        "fields": fields,
        "files": {digest: name for digest, (name, _content) in sorted(links.files.items())},
    }
    lead = next((part["units"][0]["text"] for part in fields if part["name"] in FIRST), "")
    return Frozen(canonical(data), lead, links.files)


def title_of(instance: Any) -> str:
    return str(getattr(instance, "title", "") or instance)


def parts_of(instance: Any, links: Links) -> Iterator[dict[str, Any]]:
    fields = [one for one in instance._meta.concrete_fields if one.name not in LEFT_OUT and is_text(one)]
    for one in sorted(fields, key=lambda one: rank(one)):
        yield {"name": one.name, "units": list(units_of(one, getattr(instance, one.attname), links))}
    for relation in get_all_child_relations(type(instance)):
        name = relation.get_accessor_name()
        if name == COMMENTS_RELATION_NAME:
            continue  # what editors write to each other beside the form
        yield {"name": name, "units": [child_unit(child, links) for child in getattr(instance, name).all()]}


def is_text(one: Any) -> bool:
    kinds = (models.CharField, models.TextField, StreamField, CodesField, models.PositiveSmallIntegerField)
    return isinstance(one, kinds) and not one.primary_key


def rank(one: Any) -> tuple[int, int]:
    if one.name in FIRST:
        return 0, FIRST.index(one.name)
    return (1, 0) if isinstance(one, (StreamField, RichTextField)) else (2, 0)


def units_of(one: Any, value: Any, links: Links) -> Iterator[dict[str, str]]:
    """What is compared as a whole: a block of a stream, or the whole field."""
    if isinstance(one, StreamField):
        for block in value or ():
            yield block_unit(block, links)
    elif isinstance(one, RichTextField) and value:
        yield unit("", value, links)
    elif isinstance(one, CodesField) and value:
        yield {"id": "", "text": ", ".join(value), "html": ""}
    elif value not in ("", None) and not isinstance(value, list):
        yield {"id": "", "text": str(value), "html": ""}


def child_unit(child: Any, links: Links) -> dict[str, str]:
    found = [one for one in child._meta.concrete_fields if one.name not in LEFT_OUT - {"title"} and is_text(one)]
    texts = [str(getattr(child, one.attname)) for one in found if getattr(child, one.attname)]
    return {"id": str(getattr(child, "translation_key", "")), "text": "\n".join(texts), "html": ""}


def block_unit(block: Any, links: Links) -> dict[str, str]:
    """A record that no template shows, such as a question of a form, is kept by its words."""
    key = str(block.id or "")
    if isinstance(block.block, StructBlock) and not getattr(block.block.meta, "template", None):
        words = block.block.get_searchable_content(block.value)
        return {"id": key, "text": "\n".join(word for word in words if word), "html": ""}
    return unit(key, str(block.render()), links)


def unit(key: str, html: str, links: Links) -> dict[str, str]:
    html = links.made_permanent(html)
    return {"id": key, "text": plain(html), "html": html}


def plain(html: str) -> str:
    """The words of HTML, a line for each paragraph, cell or item."""
    for tag in ("</p>", "</li>", "</h2>", "</h3>", "</h4>", "</td>", "</th>", "</dt>", "</dd>", "<br>", "<br/>"):
        html = html.replace(tag, f"{tag}\n")
    lines = (" ".join(line.split()) for line in unescape(strip_tags(html)).splitlines())
    return "\n".join(line for line in lines if line)


def html_of(one: Mapping[str, str]) -> str:
    """Plain texts are kept as words only."""
    return one["html"] or linebreaks(one["text"], autoescape=True)
