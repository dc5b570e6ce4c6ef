"""What stands around one statement: its place, its neighbours, what it is related to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from dfs_pages.models import CataloguePage, ChapterPage, ControlPage, RecommendationPage, ThreatPage
from dfs_pages.query.catalogues import Group, Term, named, risk_group, shown_parent, terms_of
from dfs_pages.query.entries import Entry, entry, foreign_language, neighbours
from dfs_pages.query.overlay import Reader, source_language
from dfs_workflow.models import Decision, PermanentReference
from dfs_workflow.query import page_url, permanent_url


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


def statement_context(page: RecommendationPage | ControlPage, language: str) -> Context:
    reader = Reader(language)
    source = reader.source_of(page)
    is_control = isinstance(page, ControlPage)
    parent = shown_parent(source, ThreatPage if is_control else ChapterPage, reader)
    siblings = [entry(pair.shown, language) for pair in reader.below(parent.source, type(page))]
    before, after = neighbours(siblings, page_url(page, language))
    more = control_context(page, parent, reader) if is_control else {}
    return Context(
        parent=entry(parent.shown, language),
        siblings=siblings,
        related=related(source, reader),
        previous=before,
        next=after,
        **more,
    )


def control_context(page: ControlPage, parent: Any, reader: Reader) -> dict[str, Any]:
    catalogue = shown_parent(parent.source, CataloguePage, reader).shown
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
    """In both directions: what this statement names, and what names it."""
    references = set(source.related)
    for model in (RecommendationPage, ControlPage):
        naming = model._default_manager.filter(locale_id=source.locale_id, related__has_code=source.reference)
        references.update(reader.public(naming).values_list("reference", flat=True))
    return by_references(references, reader)


def by_references(references: set[str], reader: Reader) -> list[Entry]:
    """In the order of the references; those that are not public are left out."""
    if not references:
        return []
    registered = PermanentReference.objects.filter(pk__in=references)
    keys = dict(registered.values_list("translation_key", "reference"))
    pages = reader.public(Page.objects.filter(translation_key__in=keys, locale__language_code=source_language()))
    found = {keys[pair.source.translation_key]: pair.shown for pair in reader.overlay(pages, Page)}
    return [
        Entry(
            title=found[reference].title,
            url=permanent_url(reference, reader.language),
            reference=reference,
            language=foreign_language(found[reference], reader.language),
        )
        for reference in sorted(found)
    ]


def breadcrumbs(page: Page, language: str) -> list[Entry]:
    """From the home page down to the parent."""
    reader = Reader(language)
    source = reader.source_of(page)
    above = Page.objects.ancestor_of(source).filter(depth__gt=1).order_by("path")
    return [entry(pair.shown, language) for pair in reader.overlay(above, Page)]


def is_draft_translation(page: Page) -> bool:
    """A translation that was loaded and that no second person has reviewed yet."""
    if page.locale.language_code == source_language() or not page.live_revision_id:
        return False
    kinds = Decision.objects.filter(revision_id=page.live_revision_id).values_list("kind", flat=True)
    return Decision.Kind.REVIEW not in set(kinds)
