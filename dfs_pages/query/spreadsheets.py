"""A list of statements as rows, in the order and language of the page, with the filters of its address."""

from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from django.db.models import Q
from django.urls import get_script_prefix
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from dfs_pages import conf
from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    ControlPage,
    IndexPage,
    LibraryPage,
    RecommendationPage,
    ThreatPage,
)
from dfs_pages.query.front import glossary
from dfs_pages.query.library import language_name, library
from dfs_pages.query.mappings import FrameworkMapping
from dfs_pages.query.matrix import CODES, Filters
from dfs_pages.query.overlay import Pair, Reader
from dfs_pages.query.terms import Term, named, terms_of
from dfs_pages.search import Filters as SearchFilters
from dfs_pages.search import find_many
from dfs_workflow.counts import Count
from dfs_workflow.query import at_or_below, permanent_url

Row = list[str]
MOST_RESULTS = 500  # of a search, in one file


def is_listed(page: Any) -> bool:
    return isinstance(page, CataloguePage | ThreatPage | ChapterPage | IndexPage | LibraryPage)


def rows_of(page: Any, values: Mapping[str, str], reader: Reader, base: str) -> Iterator[Row]:
    """The first row names the columns."""
    return (
        library_rows(page, values, reader)
        if isinstance(page, LibraryPage)
        else statement_rows(page, values, reader, base)
    )


def library_rows(page: LibraryPage, values: Mapping[str, str], reader: Reader) -> Iterator[Row]:
    yield [
        *(_("Title"), _("publisher"), _("What it is for"), _("Kind"), _("Languages")),
        *(_("Licence"), _("Last looked at"), _("Address")),
    ]
    found = library(page, reader, values)
    for name, choices in (("kind", found.kinds), ("language", found.languages)):
        if values.get(name) and not any(choice.current for choice in choices):
            raise UnknownFilter(values[name])
    for entry in found.entries:
        spoken = ", ".join(map(language_name, entry.languages))
        first = [entry.title, entry.publisher, entry.purpose, str(entry.get_kind_display()), spoken]
        yield [*first, entry.licence, entry.checked_on.isoformat(), entry.url]


def result_rows(text: str, language: str, filters: SearchFilters, base: str) -> Iterator[Row]:
    yield [_("Reference"), _("Title"), _("Text"), _("Kind"), _("Language"), _("Address")]
    total, hits = find_many(text, language, filters, most=MOST_RESULTS)
    for hit in hits:
        yield [hit.reference, words(hit.title), words(hit.text), hit.kind, hit.language, base + hit.url]
    if total > MOST_RESULTS:
        told = _("Only the first %(number)s of %(total)s results are in this file.")
        yield [told % {"number": Count(MOST_RESULTS), "total": Count(total)}]


def words(html: str) -> str:
    return unescape(strip_tags(html))


def glossary_rows(language: str, base: str) -> Iterator[Row]:
    yield [_("Term"), _("Acronym"), _("Definition"), _("Language"), _("Address")]
    for term in glossary(language):
        address = f"{base}{get_script_prefix()}{language}/glossary/#{term.key}"
        yield [term.term, term.acronym, term.definition, term.locale.language_code, address]


def mapping_rows(mapping: FrameworkMapping, base: str) -> Iterator[Row]:
    yield [
        *(_("Control"), _("Title"), _("Relation"), _("Item"), _("Title")),
        *(_("Why"), _("Confidence"), _("author"), _("Address")),
    ]
    for row in mapping.rows:
        item = [str(row.relation.label), row.item.identifier, row.entry.title]
        why = [row.rationale, str(row.confidence.label), row.author]
        yield [row.start.identifier, row.start_entry.title, *item, *why, base + row.start_entry.url]


class UnknownFilter(LookupError):
    """Nothing in the list has such a value: a slip, which an empty file would hide."""


def statement_rows(page: Any, values: Mapping[str, str], reader: Reader, base: str) -> Iterator[Row]:
    source = reader.source_of(page)
    yield [
        *(_("Reference"), _("Title"), _("statement"), _("Stakeholders"), _("Security dimensions"), _("Part of")),
        *(_("number given by ITU"), _("audit question"), _("Language"), _("Address")),
    ]
    families = {pair.source.path: pair for model in (ThreatPage, ChapterPage) for pair in above(source, model, reader)}
    terms = words_of(source, reader)
    filters = Filters.of(values)
    recommendations, controls = (reader.below(source, model) for model in (RecommendationPage, ControlPage))
    require_known(filters, families, terms, [pair.source for pair in (*recommendations, *controls)])
    for pair in recommendations:
        if matches(pair.source, filters, families, pair.source.audiences):
            who = [str(conf.audiences().get(code, code)) for code in pair.shown.audiences]
            yield row(pair, families, who, [], base, reader)
    for pair in controls:
        if matches(pair.source, filters, families, pair.source.stakeholders):
            own = terms.get(pair.source.path[:-8], {})
            who = [term.title for term in named(own, "stakeholder", pair.shown.stakeholders)]
            what = [term.title for term in named(own, "dimension", pair.shown.dimensions)]
            yield row(pair, families, who, what, base, reader)


def require_known(
    filters: Filters,
    families: Mapping[str, Pair],
    terms: Mapping[str, Mapping[tuple[str, str], Term]],
    statements: Iterable[Any],
) -> None:
    words = {key for own in terms.values() for key in own}
    words |= {("stakeholder", code) for code in conf.audiences()}
    words |= {("threat", getattr(pair.source, "reference", "")) for pair in families.values()}
    for page in statements:
        who: list[str] = page.stakeholders if isinstance(page, ControlPage) else page.audiences
        words |= {("stakeholder", code) for code in who}
        words |= {("dimension", code) for code in getattr(page, "dimensions", ())}
    for name in CODES:
        if (value := getattr(filters, name)) and (name, value) not in words:
            raise UnknownFilter(value)


def above(source: Any, model: Any, reader: Reader) -> list[Pair]:
    """The families or chapters of what is listed, itself among them."""
    return reader.overlay(model, at_or_below(source.path)) if is_listed(source) else []


def words_of(source: Any, reader: Reader) -> dict[str, Mapping[tuple[str, str], Term]]:
    """The words of each catalogue in the list, by its path."""
    wanted = Q(path=source.path[:-4]) if isinstance(source, ThreatPage) else at_or_below(source.path)
    return {pair.source.path: terms_of(pair.shown, reader.language) for pair in reader.overlay(CataloguePage, wanted)}


def matches(source: Any, filters: Filters, families: Mapping[str, Pair], who: list[str]) -> bool:
    family = families.get(source.path[:-4])
    return (
        (not filters.threat or (family is not None and getattr(family.source, "reference", "") == filters.threat))
        and (not filters.stakeholder or filters.stakeholder in who)
        and (not filters.dimension or filters.dimension in getattr(source, "dimensions", ()))
        and (not filters.audited or bool(getattr(source, "audit_question", "")))
    )


def row(pair: Pair, families: Mapping[str, Pair], who: Row, what: Row, base: str, reader: Reader) -> Row:
    page = pair.shown
    family = families.get(pair.source.path[:-4])
    return [
        page.reference,
        page.title,
        page.statement,
        ", ".join(who),
        ", ".join(what),
        family.shown.title if family else "",
        page.itu_number,
        getattr(page, "audit_question", ""),
        page.locale.language_code,
        base + permanent_url(page.reference, reader.language),
    ]
