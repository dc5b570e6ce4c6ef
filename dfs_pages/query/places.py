"""The public page at an address, as every other form of pages looks for it."""

from typing import Any

from wagtail.models import Page

from dfs_pages.models import HomePage
from dfs_pages.query.overlay import Reader, source_language
from dfs_workflow.models import PermanentReference


def find_page(path: str, reader: Reader) -> Any:
    """In the reader's language, or else in the source's."""
    if path.startswith("r/"):
        keys = PermanentReference.objects.filter(pk=path[2:].upper()).values("translation_key")
        rows = Page.objects.filter(translation_key__in=keys)
    else:
        homes = HomePage.objects.filter(locale__language_code__in={reader.language, source_language()})
        below = f"{path}/" if path else ""
        rows = Page.objects.filter(url_path__in=[f"{home.url_path}{below}" for home in homes])
    found = sorted(
        reader.public(rows).select_related("locale"), key=lambda page: page.locale.language_code != reader.language
    )
    page = found[0].specific if found else None
    if page is not None:
        page.locale = found[0].locale
    return page
