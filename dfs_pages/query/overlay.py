"""Lists in the order of the source, each page in the reader's language where it is live in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet
from wagtail.models import Page

from dfs_workflow.query import public, restricted_pages, source_language

__all__ = ["Pair", "Reader", "source_language"]

AnyPage = TypeVar("AnyPage", bound=Page)


class Pair(NamedTuple):
    """A page of the source, which says where it stands, and the one to show."""

    source: Any
    shown: Any


@dataclass(frozen=True)
class Reader:
    """Asks for one reader, in one language, during one request."""

    language: str

    @cached_property
    def restricted(self) -> Q:
        return restricted_pages()

    def public(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return public(queryset, restricted=self.restricted)

    def source_of(self, page: AnyPage) -> AnyPage:
        """The page in the source language; itself where there is none."""
        if page.locale.language_code == source_language():
            return page
        sources = type(page)._default_manager.filter(
            translation_key=page.translation_key, locale__language_code=source_language()
        )
        found: AnyPage | None = sources.select_related("locale").first()
        return found or page

    def below(self, page: Page, model: type[AnyPage]) -> list[Pair]:
        """All public pages of a type at any depth below a page of the source, in the order of the tree."""
        rows = model._default_manager.filter(path__startswith=page.path, depth__gt=page.depth)
        return self.overlay(self.public(rows).filter(locale_id=page.locale_id).order_by("path"), model)

    def overlay(self, sources: QuerySet[Any], model: type[Page]) -> list[Pair]:
        pages = list(sources.select_related("locale"))
        if self.language == source_language() or not pages:
            return [Pair(page, page) for page in pages]
        translations = self.translations(model, (page.translation_key for page in pages))
        return [Pair(page, translations.get(page.translation_key, page)) for page in pages]

    def translations(self, model: type[Page], keys: Iterable[Any]) -> dict[Any, Any]:
        rows = model._default_manager.filter(locale__language_code=self.language, translation_key__in=list(keys))
        return {page.translation_key: page for page in self.public(rows).select_related("locale")}
