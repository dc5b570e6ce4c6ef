"""Addresses and names on the pages of editions."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dfs_workflow import language_marks
from dfs_workflow.conf import interface_language
from dfs_workflow.editions import reading
from dfs_workflow.editions.changes import TODAY
from dfs_workflow.models import Edition, EditionItem
from dfs_workflow.query import permanent_url, source_language

register = template.Library()


def language() -> str:
    return get_language() or source_language()


@register.simple_tag
def full_edition_address(edition: Edition) -> str:
    return str(settings.WAGTAILADMIN_BASE_URL) + reading.edition_url(edition.number, language())


@register.simple_tag
def full_item_address(item: EditionItem, edition: Edition) -> str:
    return str(settings.WAGTAILADMIN_BASE_URL) + reading.edition_url(edition.number, language(), reading.place_of(item))


@register.simple_tag
def current_address(item: EditionItem) -> str:
    """Only a permanent one: another may have moved since."""
    return permanent_url(item.reference, language()) if item.reference else ""


@register.filter
def apart(number: str) -> str:
    return language_marks.apart(number, interface_language(language()))


@register.simple_tag
def edition_name(number: str) -> str:
    return _("today") if number == TODAY else _("edition %(number)s") % {"number": apart(number)}


@register.simple_tag
def field_label(kind: str, name: str) -> str:
    return _("Title") if name == "title" else reading.label_of(kind, name)


@register.simple_tag
def foreign_language(code: str) -> SafeString:
    """Where `dir` is said beside it, or left to the text."""
    return SafeString("") if code == interface_language(language()) else format_html(' lang="{}"', code)
