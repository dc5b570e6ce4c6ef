"""The address under which a statement is cited: it never dies."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from dfs_workflow.conf import source_language
from dfs_workflow.models import PermanentReference
from dfs_workflow.models.reference import permanent_path


def permanent_link(request: HttpRequest, reference: str) -> HttpResponseBase:
    """In the reader's language, or else in the source's; a withdrawn statement says that it was withdrawn."""
    language = get_language() or source_language()
    if reference != reference.upper():
        return redirect(permanent_path(reference.upper(), language), permanent=True)
    entry = PermanentReference.objects.filter(pk=reference)
    pages = Page.objects.filter(translation_key__in=entry.values("translation_key"), live=True)
    by_language = {page.locale.language_code: page for page in pages.select_related("locale")}
    page = by_language.get(language) or by_language.get(source_language())
    if page is None:
        if not entry.exists():
            raise Http404
        return render(request, "dfs_workflow/withdrawn.html", {"reference": reference}, status=410)
    if page.locale.language_code != language:
        request.content_fallback = page.locale  # type: ignore[attr-defined]
    request.at_permanent_address = True  # type: ignore[attr-defined]
    # Wagtail's own view does the rest, so that restrictions and every other hook on serving apply here too.
    specific = page.specific
    specific.locale = page.locale
    request._wagtail_route_for_request = RouteResult(specific)  # type: ignore[attr-defined]
    return serve(request, "")
