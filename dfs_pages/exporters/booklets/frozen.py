"""A booklet of an edition, from its frozen texts alone: what is live has no part in it, so its bytes stay the same."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from dfs_pages.exporters.booklets.abbreviations import abbreviations
from dfs_pages.exporters.booklets.booklet import Booklet, Part
from dfs_pages.exporters.booklets.tidy import BLOCKS, tidy
from dfs_pages.exporters.twin import absolute
from dfs_workflow.editions import reading
from dfs_workflow.models import Edition, EditionFile, EditionItem

STATEMENT = ("statement",)
PICTURES = (".png", ".jpg", ".jpeg", ".gif")
FILES = "/e/files/"
BEGINS_BLOCK = re.compile(rf"\s*<(?:{'|'.join(sorted(BLOCKS))}|div|section|details|article|h1)\b")


def frozen_booklet(edition: Edition, language: str) -> Booklet:
    with translation.override(language):
        rows = reading.shown(EditionItem.objects.filter(edition=edition).select_related("snapshot"), language)
        pages = [row for row in rows if reading.is_page(row)]
        parts = list(parts_of(pages, edition, language))
        assert edition.frozen_at is not None
        name = _("Edition %(number)s") % {"number": edition.number}
        title = edition.title or _("Recommendations and controls")
        day = date_format(edition.frozen_at, "DATE_FORMAT")
        return Booklet(
            language=language,
            title=title,
            site=_("DFS Security Knowledge Platform"),
            address=absolute(reading.edition_url(edition.number, language)),
            date=edition.frozen_at.date().isoformat(),
            state=f"{name}, {day}",
            notices=list(notices(edition, pages, language)),
            parts=parts,
            abbreviations=abbreviations(parts, (acronym_of(row.title) for row in rows if not reading.is_page(row))),
            pictures=pictures(parts),
        )


def acronym_of(title: str) -> tuple[str, str]:
    """Terms are kept by their name, with their acronym in brackets at its end."""
    long, _bracket, short = title.removesuffix(")").rpartition(" (")
    return (short, long) if title.endswith(")") else ("", "")


def parts_of(rows: Sequence[EditionItem], edition: Edition, language: str) -> Iterator[Part]:
    last = 0
    for row in rows:
        last = min(1 + max(0, row.path.count("/") - 1), last + 1, 5)
        data = json.loads(row.snapshot.content)
        fields = [reading.field(part, data["kind"], edition, language) for part in data["fields"]]
        statement = next((part for part in data["fields"] if part["name"] in STATEMENT), None)
        words = "\n".join(unit["text"] for unit in statement["units"]) if statement else ""
        yield Part(
            level=last,
            title=row.title,
            anchor=row.reference or f"i{row.position}",
            html=tidy(made_absolute("".join(html_of(one) for one in fields if one.name not in STATEMENT))),
            address=absolute(reading.edition_url(edition.number, language, reading.place_of(row))),
            reference=row.reference,
            statement=words if words != row.title else "",
            language="" if row.language == language else row.language,
            begins=not row.reference,
        )


def html_of(one: Any) -> str:
    """Running text as it stands; facts with their label, several as a list."""
    text = "".join(one.html)
    if len(one.html) == 1 and text.startswith("<p>") and text.count("<p>") == 1 and len(text) < 200:
        return f"<p><b>{escape(one.label)}</b>{_(': ')}{text.removeprefix('<p>')}"
    if any(BEGINS_BLOCK.match(unit) for unit in one.html):
        return "".join(unit if BEGINS_BLOCK.match(unit) else f"<p>{unit}</p>" for unit in one.html)
    if len(one.html) == 1:
        return f"<p><b>{escape(one.label)}</b>{_(': ')}{text}</p>"
    return f"<p><b>{escape(one.label)}</b></p><ul>{''.join(f'<li>{unit}</li>' for unit in one.html)}</ul>"


def made_absolute(html: str) -> str:
    """A picture is known by its hash, a link by its whole address."""
    return html.replace(f'src="{FILES}', 'src="').replace('href="/', f'href="{absolute("/")}')


def pictures(parts: Sequence[Part]) -> dict[str, bytes]:
    named = {row.sha256: row for row in EditionFile.objects.all() if row.name.lower().endswith(PICTURES)}
    return {key: bytes(row.content) for key, row in named.items() if any(key in part.html for part in parts)}


def notices(edition: Edition, rows: Sequence[EditionItem], language: str) -> Iterator[str]:
    yield _("This is not an official ITU text. It restates public ITU and FIGI reports and links their sources.")
    yield edition.reason
    yield _("Fingerprint of this edition (SHA-256): %(sha256)s") % {"sha256": edition.sha256}
    foreign = sum(row.language != language for row in rows)
    if foreign:
        yield _("Not yet translated: %(number)s of %(total)s texts, shown in English.") % {
            "number": foreign,
            "total": len(rows),
        }
