"""A page that has no translation is read in the source language, at the same address."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from dfs_workflow.conf import source_language


class FallbackRouteMixin(models.Model):
    """For the home page of each language: finds a page by its address in that language, or else in the source's.

    Slugs are the same in all languages. `request.content_fallback` is the language of the text when it is not
    the one that was asked for.
    """

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components and self.live:  # type: ignore[attr-defined]
            return self._served(request, self)
        tail = "".join(f"{component}/" for component in path_components)
        homes = type(self)._base_manager.select_related("locale").filter(translation_key=self.translation_key)  # type: ignore[attr-defined]
        wanted = [home.url_path + tail for home in sorted(homes, key=self._own_first) if self._is_candidate(home)]
        found = Page.objects.filter(url_path__in=wanted, live=True).select_related("locale")
        rows = {page.url_path: page for page in found}
        page = next((rows[url_path] for url_path in wanted if url_path in rows), None)
        if page is None:
            raise Http404
        specific = page.specific
        specific.locale = page.locale
        return self._served(request, specific)

    def _served(self, request: HttpRequest, page: Any) -> RouteResult:
        if page.locale.language_code != get_language():
            request.content_fallback = page.locale  # type: ignore[attr-defined]
        return RouteResult(page)

    def _own_first(self, home: Any) -> bool:
        return bool(home.locale_id != self.locale_id)  # type: ignore[attr-defined]

    def _is_candidate(self, home: Any) -> bool:
        return home.locale_id == self.locale_id or home.locale.language_code == source_language()  # type: ignore[attr-defined]
