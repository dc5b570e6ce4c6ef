"""Search over everything public in one language, with the source text where a translation is missing."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from wagtail.models import Locale, Page, get_page_models

from dfs_workflow.models import PermanentReference
from dfs_workflow.query import page_url, public, source_language

PER_PAGE = 20
LONGEST = 200
EXCERPT = 240
MOST = 400
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
    candidates = public(Page.objects.filter(locale_id__in=wanted, depth__gt=1))
    ids = exact_ids(text, candidates) + [row.pk for row in candidates.search(text)[:MOST]]
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
    counts = Counter(found.values())
    names = {
        content_type.model: content_type.model_class()._meta.verbose_name
        for content_type in ContentType.objects.get_for_models(*page_models()).values()
    }
    return [Kind(key, str(names[key]), count) for key, count in counts.most_common() if key in names]


def page_models() -> list[type[Page]]:
    return list(get_page_models())


def hits(ids: Sequence[int], language: str) -> list[Hit]:
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids).select_related("locale").specific()}
    return [hit(pages[pk], language) for pk in ids if pk in pages]


def hit(page: Page, language: str) -> Hit:
    return Hit(
        title=page.title,
        url=page_url(page, language),
        reference=getattr(page, "reference", ""),
        kind=str(page._meta.verbose_name),
        text=Truncator(excerpt(page)).chars(EXCERPT),
        language=page.locale.language_code,
    )


def excerpt(page: Page) -> str:
    """The sentence that says most about the page."""
    for name in ("statement", "summary", "description", "lead", "search_description"):
        if text := getattr(page, name, ""):
            return str(text)
    return ""
