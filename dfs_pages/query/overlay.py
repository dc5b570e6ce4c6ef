"""Lists in the order of the source, each page in the first of the reader's languages in which it is live."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from dfs_workflow.conf import reading_order
from dfs_workflow.query import (
    at_or_below,
    public,
    restricted_for,
    restricted_pages,
    source_language,
    translations_of,
)
from dfs_workflow.translation.query import FieldFreshness, stale_fields

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
    request: HttpRequest | None = None

    @cached_property
    def restricted(self) -> Q:
        return restricted_for(self.request) if self.request else restricted_pages()

    def stale(self, language: str) -> dict[Any, dict[str, FieldFreshness]]:
        """What is outdated in a language, by translation key; kept until the next publication."""
        if language not in self._stale:
            version = getattr(self.request, "content_version", None)
            key = f"dfs_pages.stale:{version}:{language}"
            found: dict[Any, dict[str, FieldFreshness]] | None = cache.get(key) if version is not None else None
            if found is None:
                found = stale_fields(language)
                if version is not None:
                    cache.set(key, found, 3600)
            self._stale[language] = found
        return self._stale[language]

    @cached_property
    def order(self) -> list[str]:
        """The languages this reader is shown, the best first."""
        return reading_order(self.language)

    def best(self, rows: Iterable[Any]) -> dict[Any, Any]:
        """Of objects in several languages the one to show, by translation key."""
        known = [row for row in rows if row.locale.language_code in self.order]
        known.sort(key=lambda row: self.order.index(row.locale.language_code), reverse=True)
        return {row.translation_key: row for row in known}

    def public(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return public(queryset, restricted=self.restricted)

    def source_of(self, page: AnyPage) -> AnyPage:
        """The page in the source language; itself where there is none."""
        if page.locale.language_code == source_language():
            return page
        rows = translations_of(page, self.request)
        found: AnyPage = next((row for row in rows if row.locale.language_code == source_language()), page)
        return found

    def below(self, page: Page, model: type[AnyPage]) -> list[Pair]:
        """All public pages of a type at any depth below a page of the source, in the order of the tree."""
        return self.overlay(model, at_or_below(page.path) & Q(depth__gt=page.depth))

    def overlay(self, model: type[Page], wanted: Q, *, also_restricted: bool = False) -> list[Pair]:
        """The pages of the source that match, with their translations, in one query for both."""
        rows = model._default_manager.all() if also_restricted else self.public(model._default_manager.all())
        of_source = Q(locale__language_code=source_language()) & wanted
        before_source = self.order[: self.order.index(source_language())]
        if before_source:
            keys = model._default_manager.filter(of_source, live=True).order_by().values("translation_key")
            of_source |= Q(locale__language_code__in=before_source, live=True, translation_key__in=keys)
        pages = list(rows.filter(of_source).select_related("locale").order_by("path"))
        sources = [page for page in pages if page.locale.language_code == source_language()]
        best = self.best(pages)
        return [Pair(page, best[page.translation_key]) for page in sources]

    def ancestors(self, source: Page) -> list[Pair]:
        """From the home page down to the parent; asked for once, as breadcrumbs and contents both need them."""
        if source.pk not in self._ancestors:
            paths = [source.path[:end] for end in range(8, len(source.path), 4)]
            self._ancestors[source.pk] = self.overlay(Page, Q(path__in=paths), also_restricted=True)
        return self._ancestors[source.pk]

    def places(self, source: Page, model: type[Page]) -> list[str]:
        """The paths of the public pages of a type below a page of the source; all types at once, in one query."""
        if source.pk not in self._places:
            rows = self.public(Page.objects.filter(at_or_below(source.path), depth__gt=source.depth))
            self._places[source.pk] = list(rows.order_by("path").values_list("path", "content_type_id"))
        kind = ContentType.objects.get_for_model(model).pk
        return [path for path, content_type in self._places[source.pk] if content_type == kind]

    @cached_property
    def _stale(self) -> dict[str, dict[Any, dict[str, FieldFreshness]]]:
        return {}

    @cached_property
    def _places(self) -> dict[int, list[tuple[str, int]]]:
        return {}

    @cached_property
    def _ancestors(self) -> dict[int, list[Pair]]:
        return {}
