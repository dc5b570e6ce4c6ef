"""The sitemap: every public page once per language it really exists in, with its other languages beside it."""

from collections import defaultdict
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from dfs_workflow.query import page_addresses, public

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemap(request: HttpRequest) -> HttpResponse:
    """Fallbacks are not listed: they are no page of their language."""
    groups: dict[object, dict[str, str]] = defaultdict(dict)
    for page, language, address in page_addresses(public(Page.objects.filter(depth__gt=1))):
        groups[page["translation_key"]][language] = settings.WAGTAILADMIN_BASE_URL + address
    entries = [entry(address, group) for group in groups.values() for address in group.values()]
    return HttpResponse(HEAD + "".join(entries) + "</urlset>\n", content_type="application/xml")


def entry(address: str, group: dict[str, str]) -> str:
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(other)}"/>'
        for language, other in sorted(group.items())
    )
    return f"<url><loc>{escape(address)}</loc>{alternates if len(group) > 1 else ''}</url>\n"
