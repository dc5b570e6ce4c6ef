"""Search over everything public in one language, with the source text where a translation is missing."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from wagtail.models import Locale, Page, get_page_models

from dfs_workflow.models import PermanentReference
from dfs_workflow.query import permanent_url, public, source_language

PER_PAGE = 20
LONGEST = 200
EXCERPT = 240
MOST = 400
# The sentence that says most about a page, by its type.
EXCERPTS = (
    "recommendationpage__statement",
    "controlpage__statement",
    "threatpage__description",
    "chapterpage__summary",
    "cataloguepage__summary",
    "plainpage__summary",
    "indexpage__summary",
    "homepage__lead",
    "search_description",
)
COLUMNS = ("pk", "title", "url_path", "translation_key", "content_type__model", "locale__language_code", *EXCERPTS)
WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9.-]{1,39}")


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    reference: str
    kind: str
    text: str
    language: str


@dataclass(frozen=True)
class Kind:
    """One kind of page among the results; `key` is its model name."""

    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Results:
    text: str
    total: int
    hits: Sequence[Hit]
    kinds: Sequence[Kind]
    page: int
    pages: int


def find(text: str, language: str, *, kind: str = "", page: int = 1) -> Results:
    """At most `PER_PAGE` hits; an exact reference or number of ITU comes first. `page` counts from 1."""
    text = " ".join(text.split())[:LONGEST]
    found = rank(text, language) if text else {}
    kinds = count_kinds(found)
    if kind:
        found = {pk: row for pk, row in found.items() if row == kind}
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = list(found)[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Results(text, len(found), hits(shown, language), kinds, page, pages)


def rank(text: str, language: str) -> dict[int, str]:
    """Ids of pages, best first, each with the key of its kind."""
    locales = dict(Locale.objects.values_list("pk", "language_code"))
    wanted = [pk for pk, code in locales.items() if code in {language, source_language()}]
    candidates: Any = public(Page.objects.filter(locale_id__in=wanted, depth__gt=1))
    ids = exact_ids(text, candidates)
    if words := " ".join(WORD.findall(text)):  # quotes and signs have a meaning of their own to the index
        ids += [row.pk for row in candidates.search(words)[:MOST]]
    rows = {
        pk: (key, locales[locale], kind)
        for pk, key, locale, kind in candidates.filter(pk__in=ids).values_list(
            "pk", "translation_key", "locale_id", "content_type__model"
        )
    }
    in_language = set(
        public(
            Page.objects.filter(locale__language_code=language, translation_key__in=[row[0] for row in rows.values()])
        ).values_list("translation_key", flat=True)
    )
    return {pk: rows[pk][2] for pk in ids if pk in rows and (rows[pk][1] == language or rows[pk][0] not in in_language)}


def exact_ids(text: str, candidates: QuerySet[Page]) -> list[int]:
    """Pages whose permanent reference or number of ITU is just what was typed."""
    wanted = text.upper()
    if not NUMBER.fullmatch(wanted):
        return []
    keys = list(PermanentReference.objects.filter(pk=wanted).values_list("translation_key", flat=True))
    by_number = (
        Q(translation_key__in=keys)
        | Q(controlpage__itu_number__iexact=wanted)
        | Q(recommendationpage__itu_number__iexact=wanted)
    )
    return list(candidates.filter(by_number).order_by("path").values_list("pk", flat=True)[:PER_PAGE])


def count_kinds(found: Mapping[int, str]) -> list[Kind]:
    names = kind_names()
    return [Kind(key, names[key], count) for key, count in Counter(found.values()).most_common() if key in names]


def kind_names() -> dict[str, str]:
    return {model._meta.model_name: str(model._meta.verbose_name) for model in get_page_models()}


def hits(ids: Sequence[int], language: str) -> list[Hit]:
    """In one query for all kinds of page, and one for their references."""
    rows = {row["pk"]: row for row in Page.objects.filter(pk__in=ids).values(*COLUMNS)}
    keys = [row["translation_key"] for row in rows.values()]
    registered = PermanentReference.objects.filter(translation_key__in=keys)
    references = dict(registered.values_list("translation_key", "reference"))
    names = kind_names()
    return [hit(rows[pk], references, names, language) for pk in ids if pk in rows]


def hit(row: Mapping[str, Any], references: Mapping[Any, str], names: Mapping[str, str], language: str) -> Hit:
    reference = references.get(row["translation_key"], "")
    place = row["url_path"].split("/", 2)[2]
    text = next((row[name] for name in EXCERPTS if row[name]), "")
    return Hit(
        title=row["title"],
        url=permanent_url(reference, language) if reference else f"/{language}/{place}",
        reference=reference,
        kind=names.get(row["content_type__model"], ""),
        text=Truncator(text).chars(EXCERPT),
        language=row["locale__language_code"],
    )
