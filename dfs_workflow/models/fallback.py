"""A page that has no translation is read in another language, at the same address."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from dfs_workflow.conf import reading_order, source_language


class FallbackRouteMixin(models.Model):
    """For the home page of each language: finds a page by its address in that language, or else in the next one of
    its `reading_order`.

    Slugs are the same in all languages. `request.content_fallback` is the language of the text when it is not
    the one that was asked for.
    """

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components and self.live and not self._is_fallback(request):  # type: ignore[attr-defined]
            return RouteResult(self)
        page = self._page_below(request, path_components) if path_components else self._home_instead(request)
        if page is None:
            raise Http404
        if page.pk == self.pk or page.locale.language_code != get_language():
            # Asked for late: by then the page has its locale from the list of its translations.
            request.content_fallback = SimpleLazyObject(lambda: page.locale)  # type: ignore[attr-defined]
        return RouteResult(page)

    def _page_below(self, request: HttpRequest, path_components: list[str]) -> Any:
        tail = "".join(f"{component}/" for component in path_components)
        wanted = [home.url_path + tail for home in self._homes(request)]
        found = Page.objects.filter(url_path__in=wanted, live=True).select_related("locale")
        rows = {page.url_path: page for page in found}
        page = next((rows[url_path] for url_path in wanted if url_path in rows), None)
        if page is None:
            return None
        specific = page.specific
        specific.locale = page.locale
        return specific

    def _home_instead(self, request: HttpRequest) -> Any:
        return next((home.specific for home in self._homes(request) if home.live), None)

    def _homes(self, request: HttpRequest) -> list[Any]:
        """This home and, where it is that of a site, those in the languages that stand in for its own."""
        source, order = self._source_home(request), reading_order(get_language() or source_language())
        if source is None or len(order) <= 2:
            return [self, source] if source else [self]
        rows = type(self)._default_manager.filter(
            translation_key=self.translation_key,  # type: ignore[attr-defined]
            locale__language_code__in=order,
        )
        homes = list(rows.select_related("locale"))
        return sorted(homes, key=lambda home: order.index(home.locale.language_code))

    def _is_fallback(self, request: HttpRequest) -> bool:
        """Wagtail gives the root page itself where it has no translation into the language asked for."""
        home = self._source_home(request)
        # By key: the site has its root as a plain page, and that never equals its own specific page.
        is_root = home is None or home.pk == self.pk
        return is_root and get_language() != source_language()

    def _source_home(self, request: HttpRequest) -> Any:
        """The root page of the site, where it is this home in the source language."""
        site = Site.find_for_request(request)
        root = site.root_page if site else None
        return root if root and root.translation_key == self.translation_key else None  # type: ignore[attr-defined]
