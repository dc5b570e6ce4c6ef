"""The public page at an address, as every other form of pages looks for it."""

from typing import Any

from wagtail.models import Page

from dfs_pages.models import HomePage
from dfs_pages.query.overlay import Reader
from dfs_workflow.models import PermanentReference


def find_page(path: str, reader: Reader) -> Any:
    """In the first of the reader's languages that it has."""
    if path.startswith("r/"):
        keys = PermanentReference.objects.filter(pk=path[2:].upper()).values("translation_key")
        rows = Page.objects.filter(translation_key__in=keys)
    else:
        homes = HomePage.objects.filter(locale__language_code__in=reader.order)
        below = f"{path}/" if path else ""
        rows = Page.objects.filter(url_path__in=[f"{home.url_path}{below}" for home in homes])
    found = next(iter(reader.best(reader.public(rows).select_related("locale")).values()), None)
    if found is None:
        return None
    page = found.specific
    page.locale = found.locale
    return page
