"""Addresses of a search: the address is the question, so each filter is a plain link."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

register = template.Library()


@register.simple_tag
def search_link(text: str, chosen: Mapping[str, str] | None, **changed: str | int) -> str:
    """The same question with other filters; an empty one is taken away. A new choice starts on the first page."""
    values = {"q": text, **(chosen or {}), **changed}
    return "?" + urlencode({name: value for name, value in values.items() if value not in ("", None)})


@register.simple_tag
def without_filter(text: str, chosen: Mapping[str, str], name: str) -> str:
    return search_link(text, {key: value for key, value in chosen.items() if key != name})


@register.simple_tag
def with_filter(text: str, chosen: Mapping[str, str], name: str, value: str) -> str:
    return search_link(text, {**chosen, name: value})


@register.simple_tag
def attributes_of_language(code: str) -> SafeString:
    """`lang` and `dir` where a text is not in the language of the page."""
    if code == get_language():
        return SafeString("")
    direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', code, direction)
