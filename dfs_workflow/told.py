"""What readers are told about decisions on pages: in the language of the page, else in that of its source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page

from dfs_workflow.conf import source_language
from dfs_workflow.models import Decision

BROUGHT_OR_TAKEN = (*Decision.PUBLISHING, Decision.Kind.WITHDRAW)


@dataclass(frozen=True)
class Told:
    text: str
    language: str


@dataclass(frozen=True)
class Words:
    at: datetime
    text: str


def told(decisions: Iterable[Decision], keys: Mapping[str, UUID], language: str) -> dict[int, Told]:
    """By decision. `keys`: the translation keys of the pages of one language, by what decisions call them."""
    rows = list(decisions)
    found = {row.pk: Told(row.public_reason, language) for row in rows if row.public_reason}
    silent = [row for row in rows if not row.public_reason and row.object_id in keys]
    if silent and language != source_language():
        said = words_of_sources({keys[row.object_id] for row in silent})
        before = earlier_decisions({row.object_id for row in silent}) if said else {}
        for row in silent:
            start = max((at for at in before.get(row.object_id, ()) if at < row.at), default=None)
            if start is not None and (text := said_between(said[keys[row.object_id]], start, row.at)):
                found[row.pk] = Told(text, source_language())
    return found


def told_of_one(own: Iterable[Decision], source: Iterable[Words], language: str) -> dict[int, Told]:
    """The same for one page, of which all decisions are at hand, the oldest first."""
    found, start = {}, None
    words = list(source)
    for row in own:
        if row.public_reason:
            found[row.pk] = Told(row.public_reason, language)
        elif start is not None and (text := said_between(words, start, row.at)):
            found[row.pk] = Told(text, source_language())
        if row.kind in BROUGHT_OR_TAKEN:
            start = row.at
    return found


def said_between(words: Iterable[Words], start: datetime, end: datetime) -> str:
    """All that was told meanwhile, the oldest first: a translation may have left out a version or two."""
    return " ".join(row.text for row in words if start < row.at <= end)


def about_pages(keys: Iterable[str]) -> "models.QuerySet[Decision]":
    return (
        Decision.known_to_readers()
        .filter(content_type=ContentType.objects.get_for_model(Page), object_id__in=list(keys))
        .order_by("at", "pk")
    )


def words_of_sources(keys: set[UUID]) -> dict[UUID, list[Words]]:
    pages = Page.objects.filter(translation_key__in=keys, locale__language_code=source_language())
    sources = {str(pk): key for pk, key in pages.values_list("pk", "translation_key")}
    found: dict[UUID, list[Words]] = defaultdict(list)
    rows = about_pages(sources).exclude(public_reason="")
    for key, at, text in rows.values_list("object_id", "at", "public_reason"):
        found[sources[key]].append(Words(at, text))
    return found


def earlier_decisions(keys: set[str]) -> dict[str, list[datetime]]:
    """When these pages came to their readers, or were taken from them."""
    found: dict[str, list[datetime]] = defaultdict(list)
    rows = about_pages(keys).filter(kind__in=BROUGHT_OR_TAKEN)
    for key, at in rows.values_list("object_id", "at"):
        found[key].append(at)
    return found
