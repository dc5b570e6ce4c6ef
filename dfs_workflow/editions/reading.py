"""An edition as readers meet it: its contents, and one of its texts. Nothing is rendered again from what is live."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from dfs_workflow.conf import interface_language, reading_order
from dfs_workflow.editions.codes import field_of, model_of, named, names_in
from dfs_workflow.editions.snapshot import FIRST, html_of
from dfs_workflow.models.edition import Edition, EditionItem
from dfs_workflow.sorting import sort_key

ADDRESS = re.compile(r'(href|src)="edition(-file)?:([^"]*)"')


@dataclass(frozen=True)
class Line:
    """A text in a list, in the reader's language or the source's."""

    title: str
    url: str
    reference: str
    lead: str
    language: str
    path: str


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    html: Sequence[SafeString]


@dataclass(frozen=True)
class Contents:
    pages: Sequence[Line]
    terms: Sequence[tuple[str, Sequence[Line]]]


@dataclass(frozen=True)
class Reading:
    item: EditionItem
    fields: Sequence[Field]
    facts: Sequence[Field]
    above: Sequence[Line]
    below: Sequence[Line]


def frozen_editions() -> QuerySet[Edition]:
    return Edition.objects.exclude(frozen_at=None).order_by("-frozen_at", "-pk")


def edition_url(number: str, language: str, below: str = "") -> str:
    return f"{get_script_prefix()}{language}/e/{number}/{below}"


def place_of(item: EditionItem) -> str:
    return f"r/{item.reference}/" if item.reference else item.path


def contents(edition: Edition, language: str) -> Contents:
    """What stands at the top: chapters, catalogues, documents; then each kind of term."""
    rows = shown(EditionItem.objects.filter(edition=edition), language)
    with_chapters = {row.path.split("/")[0] for row in rows if row.path.count("/") > 2}
    pages: list[Line] = []
    terms: dict[str, list[Line]] = {}
    for row in rows:
        if not is_page(row):
            terms.setdefault(plural_name(row.kind), []).append(line(row, edition, language))
        elif row.path.count("/") == 1 + (row.path.split("/")[0] in with_chapters):
            pages.append(line(row, edition, language))
    return Contents(
        pages, [(name, sorted(lines, key=lambda one: sort_key(one.title, language))) for name, lines in terms.items()]
    )


def is_page(item: EditionItem) -> bool:
    return not item.path.startswith(f"{item.kind}/")


def shown(rows: QuerySet[EditionItem], language: str) -> list[EditionItem]:
    """Each text once: in the first of the reader's languages; in the order of the source."""
    found: dict[Any, EditionItem] = {}
    order: dict[Any, int] = {}
    languages = reading_order(language)
    wanted = rows.filter(language__in=languages)
    for row in sorted(wanted, key=lambda row: -languages.index(row.language)):
        order.setdefault(row.translation_key, row.position)
        found[row.translation_key] = row
    return sorted(found.values(), key=lambda row: order[row.translation_key])


def line(item: EditionItem, edition: Edition, language: str) -> Line:
    foreign = "" if item.language == interface_language(language) else item.language
    url = edition_url(edition.number, language, place_of(item))
    return Line(item.title, url, item.reference, item.lead, foreign, item.path)


def find(edition: Edition, language: str, *, reference: str = "", path: str = "") -> EditionItem | None:
    rows = EditionItem.objects.filter(edition=edition, **({"reference": reference} if reference else {"path": path}))
    found = shown(rows.select_related("snapshot"), language)
    return found[0] if found else None


def reading(item: EditionItem, edition: Edition, language: str) -> Reading:
    data = json.loads(item.snapshot.content)
    fields = [field(part, data["kind"], edition, language) for part in data["fields"]]
    is_long = [part["name"] in FIRST or any(unit["html"] for unit in part["units"]) for part in data["fields"]]
    around = shown(family(item, edition), language)
    lines = [line(row, edition, language) for row in around if row.translation_key != item.translation_key]
    below = [row for row in lines if row.path.startswith(item.path) and row.path.count("/") == item.path.count("/") + 1]
    above = [row for row in lines if item.path.startswith(row.path) and row.path]
    return Reading(
        item,
        [one for one, long in zip(fields, is_long, strict=True) if long],
        [one for one, long in zip(fields, is_long, strict=True) if not long],
        above,
        below,
    )


def family(item: EditionItem, edition: Edition) -> QuerySet[EditionItem]:
    """What stands above and below, in one query."""
    steps = item.path.split("/")[:-1]
    above = ["/".join(steps[:end]) + "/" for end in range(1, len(steps))]
    rows = EditionItem.objects.filter(edition=edition)
    return rows.filter(path__startswith=item.path) | rows.filter(path__in=above) if item.path else rows.none()


def field(part: dict[str, Any], kind: str, edition: Edition, language: str) -> Field:
    names = names_in(edition, kind, part["name"])
    units = [{**unit, "text": named(unit["text"], names)} for unit in part["units"]]
    html = [resolved(shown_html(unit), edition, language) for unit in units]
    return Field(part["name"], label_of(kind, part["name"]), html)


def shown_html(unit: Mapping[str, str]) -> str:
    text = unit["text"]
    if not unit["html"] and text.startswith("https://") and " " not in text:
        return format_html('<a class="hash" dir="ltr" href="{0}">{0}</a>', text)
    return html_of(unit)


def resolved(html: str, edition: Edition, language: str) -> SafeString:
    """The kept addresses, in this edition and language."""

    def address(match: re.Match[str]) -> str:
        below = (
            f"{get_script_prefix()}e/files/{match[3]}" if match[2] else edition_url(edition.number, language, match[3])
        )
        return f'{match[1]}="{below}"'

    return mark_safe(ADDRESS.sub(address, html))  # noqa: S308 - it was made from decided texts when it was frozen


def label_of(kind: str, name: str) -> str:
    """What the field is called today; its name, where it is no more."""
    found = field_of(kind, name)
    if found is None:
        return name
    words = str(getattr(found, "verbose_name", "") or found.related_model._meta.verbose_name_plural)
    return words[:1].upper() + words[1:]


def plural_name(kind: str) -> str:
    model = model_of(kind)
    words = str(model._meta.verbose_name_plural) if model else kind
    return words[:1].upper() + words[1:]
