"""A chapter as one document: its sections and, in full and in order, their recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType

from dfs_pages.models import ChapterPage, RecommendationPage
from dfs_pages.query.entries import Entry, entry, foreign_language, neighbours
from dfs_pages.query.newer import mark_newer
from dfs_pages.query.overlay import Pair, Reader
from dfs_workflow.query import at_or_below, page_url


@dataclass(frozen=True)
class Section:
    """`title` is empty for what stands directly under the chapter."""

    anchor: str
    title: str
    summary: str
    body: Any
    language: str
    level: int
    statements: Sequence[RecommendationPage]
    page: ChapterPage


@dataclass(frozen=True)
class Document:
    page: ChapterPage
    sections: Sequence[Section]
    contents: Sequence[Entry]
    previous: Entry | None
    next: Entry | None


def chapter_document(page: ChapterPage, reader: Reader, *, draft: RecommendationPage | None = None) -> Document:
    """`draft` stands in the place of the live recommendation with its key, or at the end of its section."""
    language = reader.language
    source = reader.source_of(page)
    root = root_chapter(source, reader)
    chapters = reader.overlay(ChapterPage, at_or_below(root.path))
    statements = with_draft(reader.below(source, RecommendationPage), draft)
    inside = [Pair(source, page), *(pair for pair in chapters if is_below(pair.source, source))]
    mark_newer([*statements, *inside], reader)
    contents = contents_of(chapters, page, language)
    before, after = neighbours(contents, page_url(page, language))
    return Document(page, [section(pair, source, statements, language) for pair in inside], contents, before, after)


def root_chapter(source: ChapterPage, reader: Reader) -> Any:
    """The chapter of the first level; the section itself where it stands directly in a list."""
    kind = ContentType.objects.get_for_model(ChapterPage).pk
    chapters = [pair.source for pair in reader.ancestors(source) if pair.source.content_type_id == kind]
    return chapters[0] if chapters else source


def is_below(page: Any, other: Any) -> bool:
    return bool(page.path.startswith(other.path) and page.depth > other.depth)


def with_draft(pairs: list[Pair], draft: RecommendationPage | None) -> list[Pair]:
    if draft is None:
        return pairs
    if any(pair.source.translation_key == draft.translation_key for pair in pairs):
        return [
            Pair(pair.source, draft) if pair.source.translation_key == draft.translation_key else pair for pair in pairs
        ]
    return [*pairs, Pair(draft, draft)]


def section(pair: Pair, document: ChapterPage, statements: list[Pair], language: str) -> Section:
    is_top = pair.source.pk == document.pk
    shown = pair.shown
    return Section(
        anchor=pair.source.slug,
        title="" if is_top else shown.title,
        summary="" if is_top else shown.summary,
        body=[] if is_top else shown.body,
        language=foreign_language(shown, language),
        level=min(6, 2 + max(0, pair.source.depth - document.depth - 1)),
        statements=[row.shown for row in statements if row.source.path[:-4] == pair.source.path],
        page=shown,
    )


def contents_of(chapters: list[Pair], page: ChapterPage, language: str) -> list[Entry]:
    rows = []
    for pair in chapters:
        shown = page if pair.shown.translation_key == page.translation_key else pair.shown
        rows.append(entry(shown, language, current=shown.pk == page.pk))
    return rows
