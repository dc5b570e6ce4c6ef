"""From a question to a page of results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from wagtail.models import Page

from dfs_pages.models import GlossaryTerm
from dfs_pages.search import excerpts, matching, words
from dfs_pages.search.facets import Facet, Option, Tally, facets_of, kind_names, tally
from dfs_pages.search.matching import Asked, Entry, Filters
from dfs_pages.search.question import Question, read, unfinished
from dfs_pages.search.ranking import found_terms, ranked
from dfs_workflow.conf import reading_order
from dfs_workflow.query import page_url, permanent_url, public

__all__ = ["Facet", "Filters", "Hit", "Option", "Results", "find", "find_many", "suggest"]

PER_PAGE = 10
# So many of the database's best are put in order again.
RANKED = 100
# Where more rows answer, those with a word in their title come first: with so many of these, no others are compared.
COMMON, ENOUGH = 300, 60  # never more than RANKED
LAST_PAGE = 250
FEW = 8
SUGGESTIONS = 8


@dataclass(frozen=True)
class Hit:
    """`title` and `text` are safe HTML with `<mark>` around what was found."""

    title: SafeString
    url: str
    reference: str
    kind: str
    kind_key: str
    text: SafeString
    language: str


@dataclass(frozen=True)
class Results:
    """`corrected` is what was asked instead of a word nobody wrote; `is_loose` says that not all words were found."""

    text: str
    total: int
    hits: Sequence[Hit]
    facets: Sequence[Facet]
    page: int
    pages: int
    corrected: str = ""
    is_loose: bool = False


def find(text: str, language: str, filters: Filters | None = None, *, page: int = 1, whole: str = "") -> Results:
    """At most `PER_PAGE` hits; `page` counts from 1; `whole` is the facet whose choices are all listed."""
    filters = filters or Filters()
    question = read(text, languages(language))
    asked, (total, counts), is_loose, others = answered(question, language, filters)
    pages = min(LAST_PAGE, max(1, -(-total // PER_PAGE)))
    page = min(max(1, page), pages)
    titled = matching.titles(question.parts, shown_languages(language, filters)) if total > COMMON else ""
    asking = Asked(asked, titled, language, filters)
    entries = entries_from((page - 1) * PER_PAGE, PER_PAGE, asking, question) if total else []
    hits = hits_of(entries, question, language, filters)
    facets = facets_of(counts, others, filters, language, whole)
    return Results(question.text, total, hits, facets, page, pages, question.corrected, is_loose)


def find_many(text: str, language: str, filters: Filters, *, most: int) -> tuple[int, list[Hit]]:
    """How many there are, and the first of them in the order of the pages of results."""
    question = read(text, languages(language))
    asked, (total, _counts), _is_loose, _others = answered(question, language, filters)
    titled = matching.titles(question.parts, shown_languages(language, filters)) if total > COMMON else ""
    entries = entries_from(0, most, Asked(asked, titled, language, filters), question) if total else []
    return total, hits_of(entries, question, language, filters)


def languages(language: str) -> list[str]:
    """The reader's, those that stand in for it, then the others."""
    every = [*reading_order(language), *(code for code, _name in settings.LANGUAGES)]
    return list(dict.fromkeys(every))


class Answered(NamedTuple):
    """The database's question, how many rows answer it, and how many do so in the languages that aren't shown."""

    asked: str
    tally: Tally
    is_loose: bool
    others: dict[str, int]


def answered(question: Question, language: str, filters: Filters) -> Answered:
    """Rows with every word of the question; with some of them where hardly any has all."""
    shown = shown_languages(language, filters)
    others = [code for code in languages(language) if code not in shown]
    strict, loose = (matching.expression(question.parts, shown, every=every) for every in (True, False))
    found = tally(matching.groups(strict, language) if strict else [], filters)
    is_wide = found.total < FEW and any(len(parts) > 1 for parts in question.parts.values())
    is_loose = is_wide and not found.total and loose != strict
    if is_wide and loose not in ("", strict):
        found = tally(matching.groups(loose, language), filters)
    numbers = matching.numbers(question.parts, others, filters, every=not is_wide)
    if is_wide and loose:
        return Answered(loose, found, is_loose, numbers)
    return Answered(strict, found, False, numbers)


def shown_languages(language: str, filters: Filters) -> list[str]:
    return [filters.language] if filters.language else reading_order(language)


def entries_from(first: int, number: int, asked: Asked, question: Question) -> list[Entry]:
    """The first ones in our own order; what is behind them in the database's."""
    ahead = window(asked)
    shown = ranked(ahead, question, asked.language)[first : first + number] if first < len(ahead) else []
    missing = number - len(shown)
    if missing and len(ahead) >= ENOUGH:
        shown += matching.best(asked, start=max(first, len(ahead)), number=missing)
    return shown


def window(asked: Asked) -> list[Entry]:
    """The database's first, `RANKED` at most; where there are enough with a word in their title, only of these."""
    if asked.titled:
        found = matching.best(asked, start=0, number=RANKED, others=False)
        if len(found) >= ENOUGH:
            return found
    return matching.best(asked, start=0, number=RANKED)


def hits_of(entries: Sequence[Entry], question: Question, language: str, filters: Filters) -> list[Hit]:
    """Asked once more what is public: the index is a copy."""
    numbers = [entry.page_id for entry in entries if entry.page_id]
    open_to_all = public(Page.objects.filter(pk__in=numbers)).order_by()
    # By their columns: twenty models would take longer to make than to find.
    places = dict(open_to_all.values_list("pk", "url_path"))
    terms = glossary_keys(entry.term_id for entry in entries)
    names = kind_names()
    hits = []
    for entry in entries:
        shown_in = filters.language or language
        if entry.page_id in places:
            url = address(entry, places[entry.page_id], shown_in)
        elif entry.term_id in terms:
            url = f"{get_script_prefix()}{shown_in}/glossary/#{terms[entry.term_id]}"
        else:
            continue
        hits.append(hit(entry, url, names, found_terms(entry, question)))
    return hits


def glossary_keys(numbers: Iterable[int | None]) -> dict[int, str]:
    wanted = [number for number in numbers if number]
    return dict(public(GlossaryTerm.objects.filter(pk__in=wanted)).values_list("pk", "key")) if wanted else {}


def address(entry: Entry, url_path: str, language: str) -> str:
    if entry.reference:
        return permanent_url(entry.reference, language)
    return page_url(Page(url_path=url_path), language)


def hit(entry: Entry, url: str, names: dict[str, str], terms: frozenset[str]) -> Hit:
    return Hit(
        title=excerpts.marked(entry.title, terms, entry.language),
        url=url,
        reference=entry.reference,
        kind=names.get(entry.kind, entry.kind),
        kind_key=entry.kind,
        text=excerpts.excerpt(entry.lead, entry.body, terms, entry.language),
        language=entry.language,
    )


def suggest(start: str, language: str) -> list[Hit]:
    """What begins like this, while somebody still types: titles, references and terms."""
    typed = " ".join(start.split())
    if len(typed) < words.SHORTEST_BEGINNING:
        return []
    reader = languages(language)[:2]
    question = unfinished(read(typed, reader), reader)
    order = reading_order(language)
    every = matching.expression(question.parts, order, every=True)
    if not every:
        return []
    asked = Asked(every, matching.titles(question.parts, order), language, Filters())
    entries = matching.best(asked, start=0, number=RANKED, others=False)
    if len(entries) < SUGGESTIONS:
        entries = matching.best(asked, start=0, number=RANKED)
    entries = ranked(entries, question, language)[:SUGGESTIONS]
    return hits_of(entries, question, language, Filters())
