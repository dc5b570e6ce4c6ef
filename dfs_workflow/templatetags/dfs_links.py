"""Addresses in templates: always in the reader's language, always permanent where there is one."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from dfs_workflow.conf import interface_language
from dfs_workflow.language_marks import direction, foreign_marks
from dfs_workflow.query import page_url, permanent_url, reading_url, reviewed_at, source_language, translations_of

register = template.Library()


def language() -> str:
    return get_language() or source_language()


@register.simple_tag
def frame_language() -> dict[str, str]:
    """Code and direction of menus and labels, which stand on every page."""
    code = interface_language(language())
    return {"code": code, "dir": direction(code)}


@register.simple_tag
def direction_of(code: str) -> str:
    return direction(code)


@register.simple_tag
def in_language(code: str) -> SafeString:
    """`lang` and `dir` for a text that is not in the language of the frame; nothing for an empty code."""
    return foreign_marks(code, language())


@register.simple_tag
def address(subject: Any) -> str:
    return reading_url(subject, language())


@register.simple_tag
def reference_address(reference: str) -> str:
    return permanent_url(reference, language())


@register.simple_tag
def full_address(page: Page) -> str:
    """With scheme and host, for citing and printing."""
    return str(settings.WAGTAILADMIN_BASE_URL) + page_url(page, language())


@register.inclusion_tag("dfs_workflow/last_review.html", takes_context=True)
def last_review(context: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """When a second person approved what is live; a text that was only loaded says so."""
    date = reviewed_at(page, context.get("request"))
    return {"is_reviewed": date is not None, "date": date or page.last_published_at}


@register.inclusion_tag("dfs_workflow/page_links.html", takes_context=True)
def page_links(context: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """The canonical address and the other languages the page is really live in; a fallback is none of them."""
    base = str(settings.WAGTAILADMIN_BASE_URL)
    translations = translations_of(page, context.get("request"))
    codes = [other.locale.language_code for other in translations if other.live]
    return {
        "canonical": base + page_url(page, page.locale.language_code),
        "alternates": [(code, base + page_url(page, code)) for code in codes] if len(codes) > 1 else [],
        "source": base + page_url(page, source_language()),
    }
