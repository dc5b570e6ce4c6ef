"""The sitemap: every public page once per language it really exists in, with its other languages beside it."""

from collections import defaultdict
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from dfs_workflow.models import PermanentReference
from dfs_workflow.query import permanent_url, public

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemap(request: HttpRequest) -> HttpResponse:
    """Fallbacks are not listed: they are no page of their language."""
    entries = [entry(address, group) for group in addresses() for address in group.values()]
    return HttpResponse(HEAD + "".join(entries) + "</urlset>\n", content_type="application/xml")


def addresses() -> list[dict[str, str]]:
    """For each text the address in every language it is live in: two queries, however many pages."""
    references = dict(PermanentReference.objects.values_list("translation_key", "reference"))
    groups: dict[object, dict[str, str]] = defaultdict(dict)
    rows = public(Page.objects.filter(depth__gt=1)).order_by("path")
    for key, url_path, language in rows.values_list("translation_key", "url_path", "locale__language_code"):
        below_home = url_path.split("/", 2)[2]
        path = permanent_url(references[key], language) if key in references else f"/{language}/{below_home}"
        groups[key][language] = settings.WAGTAILADMIN_BASE_URL + path
    return list(groups.values())


def entry(address: str, group: dict[str, str]) -> str:
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(other)}"/>'
        for language, other in sorted(group.items())
    )
    return f"<url><loc>{escape(address)}</loc>{alternates if len(group) > 1 else ''}</url>\n"
