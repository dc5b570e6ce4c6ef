"""The address under which a statement is cited: it never dies."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from dfs_workflow.conf import reading_order, source_language
from dfs_workflow.models import PermanentReference
from dfs_workflow.models.reference import permanent_path
from dfs_workflow.views.withdrawn import withdrawn


def permanent_link(request: HttpRequest, reference: str) -> HttpResponseBase:
    """In the reader's language, or the next one they read; a withdrawn statement says that it was withdrawn."""
    language = get_language() or source_language()
    if reference != reference.upper():
        return redirect(permanent_path(reference.upper(), language), permanent=True)
    entry = PermanentReference.objects.filter(pk=reference)
    pages = Page.objects.filter(translation_key__in=entry.values("translation_key"), live=True)
    by_language = {page.locale.language_code: page for page in pages.select_related("locale")}
    page = first_in(by_language, language)
    if page is None:
        known = entry.first()
        if known is None:
            raise Http404
        return withdrawn(request, known, language)
    if page.locale.language_code != language:
        request.content_fallback = page.locale  # type: ignore[attr-defined]
    request.at_permanent_address = True  # type: ignore[attr-defined]
    # Wagtail's own view does the rest, so that restrictions and every other hook on serving apply here too.
    specific = page.specific
    specific.locale = page.locale
    request._wagtail_route_for_request = RouteResult(specific)  # type: ignore[attr-defined]
    return serve(request, "")


def first_in(by_language: dict[str, Page], language: str) -> Page | None:
    return next((by_language[code] for code in reading_order(language) if code in by_language), None)
