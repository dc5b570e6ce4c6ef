"""The way from a page to its comments; costs no query, so that public pages stay as they are."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from dfs_workflow.models import Referenced
from dfs_workflow.query import page_url, source_language

register = template.Library()


@register.simple_tag
def comments_address(page: Any) -> str:
    """Nothing where the site doesn't mount the comments, or for the home page, whose address is its language."""
    language = get_language() or source_language()
    below = page_url(page, language).split(f"/{language}/", 1)[-1].strip("/")
    path = f"r/{page.reference}" if isinstance(page, Referenced) else below
    try:
        return reverse("dfs_workflow:comments", args=[path]) if path else ""
    except NoReverseMatch:
        return ""


@register.inclusion_tag("dfs_workflow/comments/link.html")
def comments_link(page: Any) -> dict[str, Any]:
    return {"address": comments_address(page)}
