"""What stands around one statement: its place, its neighbours, what it is related to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from dfs_pages.models import ChapterPage, ControlPage, RecommendationPage, ThreatPage
from dfs_pages.query.catalogues import Group, risk_group, shown_parent
from dfs_pages.query.entries import Entry, entry, foreign_language, neighbours
from dfs_pages.query.newer import mark_newer
from dfs_pages.query.overlay import Pair, Reader, source_language
from dfs_pages.query.terms import Term, named, terms_of
from dfs_workflow.models import Decision, PermanentReference
from dfs_workflow.query import page_url, permanent_url, reviewed_at


@dataclass(frozen=True)
class Context:
    parent: Entry
    siblings: Sequence[Entry]
    related: Sequence[Entry]
    previous: Entry | None
    next: Entry | None
    catalogue: Entry | None = None
    risk: Group | None = None
    stakeholders: Sequence[Term] = ()
    dimensions: Sequence[Term] = ()
    audit_group: Term | None = None


def statement_context(page: RecommendationPage | ControlPage, reader: Reader) -> Context:
    language = reader.language
    source = reader.source_of(page)
    mark_newer([Pair(source, page)], reader)
    if source != page and page.freshness and page.freshness.newer and not is_public(source, reader):
        page.freshness = replace(page.freshness, source=None)
    is_control = isinstance(page, ControlPage)
    parent = shown_parent(source, ThreatPage if is_control else ChapterPage, reader)
    siblings = [entry(pair.shown, language) for pair in reader.below(parent.source, type(page))]
    before, after = neighbours(siblings, page_url(page, language))
    more = control_context(page, source, parent, reader) if is_control else {}
    return Context(
        parent=entry(parent.shown, language),
        siblings=siblings,
        related=related(source, reader),
        previous=before,
        next=after,
        **more,
    )


def is_public(source: Page, reader: Reader) -> bool:
    """Asked where the words of the source may be shown beside a translation that readers have."""
    return reader.public(Page.objects.filter(pk=source.pk)).exists()


def control_context(page: ControlPage, source: Any, parent: Any, reader: Reader) -> dict[str, Any]:
    """The catalogue is known from the breadcrumbs; of its own type nothing is needed."""
    catalogue: Any = next(pair.shown for pair in reader.ancestors(source) if pair.source.path == source.path[:-8])
    terms = terms_of(catalogue, reader.language)
    risk = next((block for block in parent.shown.risks if block.id == page.risk), None)
    return {
        "catalogue": entry(catalogue, reader.language),
        "risk": risk_group(parent.shown, risk, [], terms, reader.language) if risk else None,
        "stakeholders": named(terms, "stakeholder", page.stakeholders),
        "dimensions": named(terms, "dimension", page.dimensions),
        "audit_group": named(terms, "audit_group", [page.audit_group])[0] if page.audit_group else None,
    }


def related(source: RecommendationPage | ControlPage, reader: Reader) -> list[Entry]:
    """In both directions: what this statement names, and what names it. What is not public is left out."""
    named_here = PermanentReference.objects.filter(pk__in=source.related).values("translation_key")
    wanted = Q(translation_key__in=named_here)
    for model in (RecommendationPage, ControlPage):  # each by itself: joined to the pages, all of them would be read
        wanted |= Q(pk__in=model.objects.filter(related__has_code=source.reference).values("pk"))
    return entries_of(wanted, reader)


def by_references(references: Iterable[str], reader: Reader) -> dict[str, Entry]:
    """For a whole list of statements at once: what they name, by reference."""
    keys = PermanentReference.objects.filter(pk__in=set(references)).values("translation_key")
    return {row.reference: row for row in entries_of(Q(translation_key__in=keys), reader)}


def entries_of(wanted: Q, reader: Reader) -> list[Entry]:
    pages = {pair.source.translation_key: pair.shown for pair in reader.overlay(Page, wanted)}
    if not pages:
        return []
    references = PermanentReference.objects.filter(translation_key__in=pages).order_by("reference")
    return [
        Entry(
            title=pages[row.translation_key].title,
            url=permanent_url(row.reference, reader.language),
            reference=row.reference,
            language=foreign_language(pages[row.translation_key], reader.language),
        )
        for row in references
    ]


def breadcrumbs(page: Page, reader: Reader) -> list[Entry]:
    """From the home page down to the parent."""
    return [entry(pair.shown, reader.language) for pair in reader.ancestors(reader.source_of(page))]


def is_draft_translation(page: Page, reader: Reader) -> bool:
    """A translation that was loaded and that no second person has reviewed yet."""
    is_source = page.locale.language_code == source_language()
    return not is_source and page.live and reviewed_at(page, reader.request) is None


def draft_translations(rows: Iterable[Any]) -> set[int]:
    """Of pages or terms, the live revisions that are translations which no second person has reviewed yet."""
    translated = {
        row.live_revision_id for row in rows if row.live_revision_id and row.locale.language_code != source_language()
    }
    if not translated:
        return set()
    reviewed = Decision.objects.filter(revision_id__in=translated, kind=Decision.Kind.REVIEW)
    return translated - set(reviewed.values_list("revision_id", flat=True))
