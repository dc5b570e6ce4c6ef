"""Everything that is read, for other systems. A site adds `router` to its API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import override
from ninja import Query, Router

from dfs_pages.api import filters, schemas
from dfs_pages.api import tree as structure
from dfs_pages.api.booklets import router as booklets_router
from dfs_pages.api.items import Items
from dfs_pages.api.schemas import Answer, ListQuery, One, Values
from dfs_pages.models import CataloguePage, ControlPage, RecommendationPage
from dfs_pages.query import Reader, glossary
from dfs_pages.query.statements import draft_translations
from dfs_workflow.api import Problem
from dfs_workflow.models.reference import REFERENCE

router = Router()
router.add_router("", booklets_router)
Errors = {404: Problem, 422: Problem}


def items_of(request: HttpRequest, found: QuerySet[Any], query: ListQuery, reader: Reader) -> Items:
    keys = list(found.values_list("pk", flat=True)[query.offset : query.offset + query.limit])
    return Items(request, reader, reader.overlay(found.model, Q(pk__in=keys)))


def answer(found: QuerySet[Any], query: ListQuery, items: list[Values]) -> Values:
    return {"count": found.count(), "limit": query.limit, "offset": query.offset, "items": items}


def one(request: HttpRequest, model: type[Any], reference: str, language: str) -> Items:
    reader = Reader(language)
    pairs = reader.overlay(model, Q(reference=reference)) if REFERENCE.match(reference) else []
    if not pairs:
        raise Http404
    return Items(request, reader, pairs)


@router.get("/pages/tree", response={200: schemas.Tree, 422: Problem}, tags=["pages"])
def tree(request: HttpRequest, query: Query[schemas.LanguageQuery]) -> Values:
    """Chapters with their sections, catalogues with their families, and the pages about the site."""
    return {"items": structure.tree(request, query.language)}


@router.get("/pages/by-path", response={200: One[schemas.Page], **Errors}, tags=["pages"])
def by_path(request: HttpRequest, query: Query[schemas.PathQuery]) -> Values:
    """Any page by its address and language."""
    return {"item": structure.by_path(request, query)}


@router.get("/recommendations", response={200: Answer[schemas.Recommendation], 422: Problem}, tags=["recommendations"])
def recommendations(request: HttpRequest, query: Query[schemas.RecommendationQuery]) -> Values:
    reader = Reader(query.language)
    found = filters.recommendations(query, reader)
    return answer(found, query, items_of(request, found, query, reader).recommendations())


@router.get(
    "/recommendations/{reference}", response={200: One[schemas.Recommendation], **Errors}, tags=["recommendations"]
)
def recommendation(request: HttpRequest, reference: str, query: Query[schemas.LanguageQuery]) -> Values:
    return {"item": one(request, RecommendationPage, reference, query.language).recommendations()[0]}


@router.get("/controls", response={200: Answer[schemas.Control], 422: Problem}, tags=["controls"])
def controls(request: HttpRequest, query: Query[schemas.ControlQuery]) -> Values:
    """Controls of frameworks, and competences with their outcomes."""
    reader = Reader(query.language)
    found = filters.controls(query, reader)
    return answer(found, query, items_of(request, found, query, reader).controls())


@router.get("/controls/{reference}", response={200: One[schemas.Control], **Errors}, tags=["controls"])
def control(request: HttpRequest, reference: str, query: Query[schemas.LanguageQuery]) -> Values:
    return {"item": one(request, ControlPage, reference, query.language).controls()[0]}


@router.get("/catalogues", response={200: Answer[schemas.Catalogue], 422: Problem}, tags=["controls"])
def catalogues(request: HttpRequest, query: Query[ListQuery]) -> Values:
    """With the words that controls name by their codes."""
    reader = Reader(query.language)
    found = filters.in_source(CataloguePage, reader)
    return answer(found, query, items_of(request, found, query, reader).catalogues())


@router.get("/threats", response={200: Answer[schemas.Threat], 422: Problem}, tags=["controls"])
def threats(request: HttpRequest, query: Query[schemas.ThreatQuery]) -> Values:
    """Threats with their risks and vulnerabilities, and any other family of controls."""
    reader = Reader(query.language)
    found = filters.threats(query, reader)
    return answer(found, query, items_of(request, found, query, reader).threats())


@router.get("/glossary", response={200: Answer[schemas.GlossaryTerm], 422: Problem}, tags=["glossary"])
def terms(request: HttpRequest, query: Query[schemas.GlossaryQuery]) -> Values:
    found = [term for term in glossary(query.language) if query.key in (None, term.key)]
    shown = found[query.offset : query.offset + query.limit]
    drafts = draft_translations(shown)
    items = [term_values(request, term, query.language, drafts) for term in shown]
    return {"count": len(found), "limit": query.limit, "offset": query.offset, "items": items}


def term_values(request: HttpRequest, term: Any, language: str, drafts: set[int]) -> Values:
    names = ("key", "term", "acronym", "definition", "see_also")
    code = term.locale.language_code
    with override(language):
        address = reverse("dfs_pages:glossary")
    return {
        **{name: getattr(term, name) for name in names},
        "url": request.build_absolute_uri(f"{address}#{term.key}"),
        "language": code,
        "is_fallback": code != language,
        "is_draft_translation": term.live_revision_id in drafts,
    }
