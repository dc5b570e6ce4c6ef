"""Addresses of a search: the address is the question, so each filter is a plain link."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django import template

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
