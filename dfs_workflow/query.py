"""What readers may see, and under which address. Every list, feed, search, API and export asks here."""

from typing import Any

from django.db.models import QuerySet
from django.urls import get_script_prefix
from wagtail.models import Page
from wagtail.query import PageQuerySet

from dfs_workflow.conf import source_language
from dfs_workflow.models import Referenced
from dfs_workflow.models.reference import permanent_path

__all__ = ["page_url", "permanent_url", "public", "source_language"]


def public(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Live, and not under any view restriction, whoever asks."""
    live = queryset.filter(live=True)
    return live.public() if isinstance(live, PageQuerySet) else live


def permanent_url(reference: str, language: str) -> str:
    return permanent_path(reference, language)


def page_url(page: Page, language: str) -> str:
    """Without a query: all homes stand at the top of the tree, and slugs are the same in all languages."""
    if isinstance(page, Referenced):
        return permanent_path(page.reference, language)
    below_home = page.url_path.split("/", 2)[2]
    return f"{get_script_prefix()}{language}/{below_home}"
