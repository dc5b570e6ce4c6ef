"""The front page, the lists of the menu, and the glossary."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import ngettext
from wagtail.models import Page

from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    ControlPage,
    GlossaryTerm,
    HomePage,
    IndexPage,
    ProfilePage,
    RecommendationPage,
)
from dfs_pages.query.entries import Entry, entry, foreign_language
from dfs_pages.query.overlay import Pair, Reader, source_language
from dfs_workflow.counts import Count
from dfs_workflow.query import page_url, public
from dfs_workflow.sorting import sort_key

EXAMPLES = 3


@dataclass(frozen=True)
class HomeContents:
    entries: Sequence[Entry]
    examples: Sequence[Entry]
    specimen: RecommendationPage | None


def menu(reader: Reader) -> list[Entry]:
    """The lists directly under the home page."""
    return [entry(pair.shown, reader.language) for pair in reader.overlay(IndexPage, Q(show_in_menus=True))]


def home_contents(page: HomePage, reader: Reader) -> HomeContents:
    source = reader.source_of(page)
    chosen = examples(reader.places(source, RecommendationPage))
    pairs = reader.overlay(RecommendationPage, Q(path__in=chosen))
    return HomeContents(
        entries=listed(source, reader),
        examples=[entry(pair.shown, reader.language) for pair in pairs],
        specimen=specimen([pair.shown for pair in pairs], language=reader.language),
    )


def specimen(pages: list[RecommendationPage], *, language: str) -> RecommendationPage | None:
    """In the reader's language where there is one, and short."""
    return min(pages, key=lambda page: (page.locale.language_code != language, len(page.statement)), default=None)


def examples(paths: list[str]) -> list[str]:
    """A few from all over the list."""
    return paths[len(paths) // 4 :: max(1, len(paths) // EXAMPLES)][:EXAMPLES]


def index_entries(page: IndexPage, reader: Reader) -> list[Entry]:
    return listed(reader.source_of(page), reader)


def listed(source: Page, reader: Reader) -> list[Entry]:
    """The chapters and catalogues below a page of the source, each with the number of its statements."""
    places = [*reader.places(source, RecommendationPage), *reader.places(source, ControlPage)]
    rows = []
    for model in (ChapterPage, CataloguePage, ProfilePage):
        outermost = outer(reader.places(source, model))
        pairs = reader.overlay(model, Q(path__in=outermost)) if outermost else []
        shown = chosen(pairs, reader) if model is ProfilePage and pairs else {}
        for pair in pairs:
            count = sum(path.startswith(pair.source.path) for path in places) + shown.get(pair.source.pk, 0)
            rows.append((pair.source.path, listed_entry(pair, count, reader.language)))
    return [row for _path, row in sorted(rows, key=lambda row: row[0])]


def chosen(pairs: list[Pair], reader: Reader) -> dict[int, int]:
    """How many controls each profile shows: those that were withdrawn since are not among them.

    Kept until the next publication.
    """
    version = getattr(reader.request, "content_version", None)
    key = f"dfs_pages.chosen:{version}:{'-'.join(str(pair.source.pk) for pair in pairs)}"
    found: dict[int, int] | None = cache.get(key) if version is not None else None
    if found is None:
        found = counted(pairs, reader)
        if version is not None:
            cache.set(key, found, 3600)
    return found


def counted(pairs: list[Pair], reader: Reader) -> dict[int, int]:
    wanted = {pair.source.pk: {block.value["reference"] for block in pair.source.items} for pair in pairs}
    rows = reader.public(ControlPage.objects.filter(locale__language_code=source_language()))
    known = set(rows.filter(reference__in=set().union(*wanted.values())).values_list("reference", flat=True))
    return {key: len(references & known) for key, references in wanted.items()}


def outer(paths: list[str]) -> list[str]:
    """Those that stand below no other one: chapters, and not their sections."""
    known = set(paths)
    return [path for path in paths if not any(path[:end] in known for end in range(4, len(path), 4))]


def listed_entry(pair: Pair, number: int, language: str) -> Entry:
    if isinstance(pair.source, ChapterPage):
        words = ngettext("%(number)s recommendation", "%(number)s recommendations", number)
    else:
        words = ngettext("%(number)s item", "%(number)s items", number)
    return Entry(
        title=pair.shown.title,
        url=page_url(pair.shown, language),
        summary=pair.shown.summary,
        count=words % {"number": Count(number)} if number else "",
        language=foreign_language(pair.shown, language),
    )


def glossary(language: str) -> list[GlossaryTerm]:
    """Every public term once, in the reader's language where it is translated, in the order of the alphabet."""
    reader = Reader(language)
    rows = public(GlossaryTerm.objects.filter(locale__language_code__in=reader.order)).select_related("locale")
    return sorted(reader.best(rows).values(), key=lambda term: sort_key(term.term, language))
