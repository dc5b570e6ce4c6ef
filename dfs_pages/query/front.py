"""The front page, the lists of the menu, and the glossary."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext
from wagtail.models import Page

from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    ControlPage,
    GlossaryTerm,
    HomePage,
    IndexPage,
    RecommendationPage,
)
from dfs_pages.query.entries import Entry, entry, foreign_language
from dfs_pages.query.overlay import Pair, Reader, source_language
from dfs_workflow.query import page_url, public

EXAMPLES = 3


@dataclass(frozen=True)
class HomeContents:
    entries: Sequence[Entry]
    examples: Sequence[Entry]
    specimen: RecommendationPage | None


def menu(language: str) -> list[Entry]:
    """The lists directly under the home page."""
    reader = Reader(language)
    sources = IndexPage.objects.filter(locale__language_code=source_language(), show_in_menus=True)
    return [entry(pair.shown, language) for pair in reader.overlay(reader.public(sources).order_by("path"), IndexPage)]


def home_contents(page: HomePage, language: str) -> HomeContents:
    reader = Reader(language)
    source = reader.source_of(page)
    statements = reader.below(source, RecommendationPage)
    specimen = statements[len(statements) // 3].shown if statements else None
    return HomeContents(
        entries=listed(source, reader),
        examples=[
            entry(pair.shown, language) for pair in statements[:: max(1, len(statements) // EXAMPLES)][:EXAMPLES]
        ],
        specimen=specimen,
    )


def index_entries(page: IndexPage, language: str) -> list[Entry]:
    reader = Reader(language)
    return listed(reader.source_of(page), reader)


def listed(source: Page, reader: Reader) -> list[Entry]:
    """The chapters and catalogues below a page of the source, each with the number of its statements."""
    counts = statement_counts(source, reader)
    rows = []
    for model in (ChapterPage, CataloguePage):
        for pair in reader.below(source, model):
            if not is_section(pair):
                rows.append((pair.source.path, listed_entry(pair, counts, reader.language)))
    return [row for _path, row in sorted(rows, key=lambda row: row[0])]


def is_section(pair: Pair) -> bool:
    """A chapter below a chapter; home and list stand above a chapter of the first level."""
    return isinstance(pair.source, ChapterPage) and pair.source.depth > 4


def statement_counts(source: Page, reader: Reader) -> Counter[str]:
    """By the path of the chapter or catalogue."""
    counts: Counter[str] = Counter()
    for model in (RecommendationPage, ControlPage):
        rows = model._default_manager.filter(path__startswith=source.path)
        counts.update(path[:16] for path in reader.public(rows).values_list("path", flat=True))
    return counts


def listed_entry(pair: Pair, counts: Counter[str], language: str) -> Entry:
    number = counts[pair.source.path]
    if isinstance(pair.source, ChapterPage):
        words = ngettext("%(number)s recommendation", "%(number)s recommendations", number)
    else:
        words = ngettext("%(number)s item", "%(number)s items", number)
    return Entry(
        title=pair.shown.title,
        url=page_url(pair.shown, language),
        summary=pair.shown.summary,
        count=words % {"number": number} if number else "",
        language=foreign_language(pair.shown, language),
    )


def glossary(language: str) -> list[GlossaryTerm]:
    """Every public term once, in the reader's language where it is translated, in the order of the alphabet."""
    codes = {language, source_language()}
    rows = public(GlossaryTerm.objects.filter(locale__language_code__in=codes)).select_related("locale")
    terms: dict[object, GlossaryTerm] = {}
    for row in rows:
        if row.translation_key not in terms or row.locale.language_code == language:
            terms[row.translation_key] = row
    return sorted(terms.values(), key=lambda term: term.term.casefold())
