"""Where a page, an edition or the whole site can be downloaded as one file."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dfs_pages.exporters.booklets.making import FORMATS
from dfs_pages.exporters.llms import twin_path
from dfs_pages.query import source_language
from dfs_workflow.models import Edition

register = template.Library()


class Link(NamedTuple):
    title: str
    url: str


@register.simple_tag
def booklet_format(kind: str) -> str:
    names = {
        "pdf": _("PDF, to read and print"),
        "docx": _("Word, to edit"),
        "epub": _("EPUB, for telephones and readers of books"),
        "zip": _("Offline site in all languages, as ZIP"),
    }
    return names[kind]


@register.simple_tag
def booklet_title(subject: Any) -> str:
    if isinstance(subject, Edition):
        return _("Edition %(number)s") % {"number": subject.number}
    return str(subject.title)


@register.inclusion_tag("dfs_pages/includes/booklets.html")
def booklets_at(path: str) -> dict[str, Any]:
    """`path` is the address below the language."""
    return {"links": [Link(booklet_format(kind), reverse("dfs_pages:booklet", args=[path, kind])) for kind in FORMATS]}


@register.inclusion_tag("dfs_pages/includes/booklets.html")
def booklets_of(page: Any) -> dict[str, Any]:
    language = get_language() or source_language()
    path = twin_path(page, language).removesuffix(".md")
    return booklets_at(path.partition(f"/{language}/")[2])
