"""The templates ask the same functions as the API; the language is that of the address."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from dfs_pages import conf, query, rich_text
from dfs_pages.exporters.llms import twin_path
from dfs_pages.models import Item
from dfs_pages.query import library as shelf
from dfs_pages.query import profiles
from dfs_pages.query.entries import entry
from dfs_pages.query.history import Event, events
from dfs_pages.query.mappings import Mapped, mappings_of
from dfs_pages.query.mentions import mark_mentions
from dfs_pages.query.reading_time import PLACE, say_reading_time
from dfs_pages.query.terms import TermGroup, named
from dfs_workflow.templatetags.dfs_links import in_language
from dfs_workflow.translation.query import Freshness

register = template.Library()


def language() -> str:
    return get_language() or query.source_language()


def reader(context: Mapping[str, Any]) -> query.Reader:
    """One for each request, so that what several lists need is asked for only once."""
    request = context.get("request")
    if request is None:
        return query.Reader(language())
    if not hasattr(request, "dfs_reader"):
        request.dfs_reader = query.Reader(language(), request)
    return request.dfs_reader  # type: ignore[no-any-return]


@register.simple_tag(takes_context=True)
def chapter_document(context: Mapping[str, Any], page: Any) -> query.Document:
    return query.chapter_document(page, reader(context), draft=context.get("preview"))


@register.simple_tag(takes_context=True)
def catalogue_overview(context: Mapping[str, Any], page: Any) -> query.Catalogue:
    """The address of the request is the filter."""
    request = context.get("request")
    return query.catalogue_overview(page, reader(context), request.GET if request else {})


@register.simple_tag(takes_context=True)
def family_document(context: Mapping[str, Any], page: Any) -> query.Family:
    return query.family_document(page, reader(context))


@register.simple_tag(takes_context=True)
def statement_context(context: Mapping[str, Any], page: Any) -> query.Context:
    return query.statement_context(page, reader(context))


@register.simple_tag
def last_events(page: Any) -> list[Event]:
    return events(page)[:3]


@register.simple_tag(takes_context=True)
def mapped_to(context: Mapping[str, Any], page: Any) -> list[Mapped]:
    asking = reader(context)
    return mappings_of(Item("", page.reference), asking, entry(page, asking.language))


@register.simple_tag(takes_context=True)
def profile_steps(context: Mapping[str, Any], page: Any) -> Sequence[profiles.Step]:
    return profiles.profile_steps(page, reader(context))


@register.simple_tag(takes_context=True)
def library_list(context: Mapping[str, Any], page: Any) -> shelf.Library:
    """The address of the request is the filter."""
    request = context.get("request")
    return shelf.library(page, reader(context), request.GET if request else {})


@register.simple_tag(takes_context=True)
def home_contents(context: Mapping[str, Any], page: Any) -> query.HomeContents:
    return query.home_contents(page, reader(context))


@register.simple_tag(takes_context=True)
def index_entries(context: Mapping[str, Any], page: Any) -> list[query.Entry]:
    return query.index_entries(page, reader(context))


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Mapping[str, Any], page: Page) -> list[query.Entry]:
    return query.breadcrumbs(page, reader(context))


@register.filter
def prose(html: Any) -> SafeString:
    """Rich text as it is stored; `expandlinks` around the page finds its links, all of them in one query."""
    return mark_safe(str(getattr(html, "source", html)))  # noqa: S308


@register.inclusion_tag("dfs_pages/includes/downloads.html", takes_context=True)
def list_downloads(context: Mapping[str, Any], page: Page) -> dict[str, str]:
    """The same list as a spreadsheet, with the filters that are in the address."""
    request = context.get("request")
    query_string = request.GET.urlencode() if request else ""
    return {
        "address": twin_path(page, language()).removesuffix(".md"),
        "query": f"?{query_string}" if query_string else "",
    }


@register.simple_tag
def twin_address(page: Page) -> str:
    return twin_path(page, language())


@register.filter
def language_name(code: str) -> str:
    return shelf.language_name(code)


@register.filter
def heading_anchor(text: str) -> str:
    return rich_text.heading_anchor(text)


@register.filter
def isolated(text: str) -> SafeString:
    """Text of an unknown script inside a sentence."""
    return format_html("<bdi>{}</bdi>", text)


@register.tag
def expandlinks(parser: template.base.Parser, token: template.base.Token) -> "ExpandLinksNode":
    nodes = parser.parse(("endexpandlinks",))
    parser.delete_first_token()
    return ExpandLinksNode(nodes, is_plain="plain" in token.split_contents())


class ExpandLinksNode(template.Node):
    """`{% expandlinks plain %}` leaves terms of the glossary unmarked."""

    def __init__(self, nodelist: template.NodeList, *, is_plain: bool = False) -> None:
        self.nodelist, self.is_plain = nodelist, is_plain

    def render(self, context: template.Context) -> SafeString:
        html = query.expand_links(self.nodelist.render(context), reader(context))
        if not self.is_plain:
            html = say_reading_time(with_mentions(html, context), language_of_text(context))
        return mark_safe(html)  # noqa: S308


def with_mentions(html: str, context: Mapping[str, Any]) -> str:
    return mark_mentions(html, reader(context), language_of_text(context))


def language_of_text(context: Mapping[str, Any]) -> str:
    """That of the page, which is the source's where there is no translation."""
    fallback = getattr(context.get("request"), "content_fallback", None)
    return str(fallback.language_code) if fallback else language()


@register.simple_tag
def reading_time() -> SafeString:
    """A place for it, filled when everything below has been written."""
    return mark_safe(PLACE)  # noqa: S308


@register.simple_tag(takes_context=True)
def is_draft_translation(context: Mapping[str, Any], page: Page) -> bool:
    return query.is_draft_translation(page, reader(context))


@register.simple_tag(takes_context=True)
def freshness(context: Mapping[str, Any], page: Page) -> Freshness | None:
    """What the source has changed since this translation was made; nothing for a page of the source."""
    query.mark_newer([query.Pair(None, page)], reader(context))
    return getattr(page, "freshness", None)


@register.simple_tag(takes_context=True)
def overdue_since(context: Mapping[str, Any], page: Page) -> date | None:
    """When a text had to be reviewed, where readers are told: a translation is no newer than its source."""
    texts = (reader(context).source_of(page), page)
    return next((text.review_due for text in texts if getattr(text, "is_long_overdue", False)), None)


@register.simple_tag
def audience_names(codes: Iterable[str]) -> list[str]:
    known = conf.audiences()
    return [str(known.get(code, code)) for code in codes]


@register.simple_tag
def stakeholder_names(statement: Any, terms: Mapping[tuple[str, str], query.Term]) -> list[str]:
    return [term.title for term in named(terms, "stakeholder", statement.stakeholders)]


@register.simple_tag
def outcome_groups(page: Any) -> list[TermGroup]:
    """The outcomes of a competence by their kind: knowledge, skills, proactive steps."""
    names = dict(page.outcomes.stream_block.child_blocks["outcome"].child_blocks["kind"].field.choices)
    found: dict[str, list[Any]] = {}
    for block in page.outcomes:
        found.setdefault(block.value["kind"], []).append(block)
    return [TermGroup(str(names.get(kind, kind)), blocks) for kind, blocks in found.items()]


@register.simple_tag
def language_attributes(shown: Any) -> SafeString:
    """`lang` and `dir` where a text is not in the language of the frame."""
    return in_language(shown.locale.language_code)


@register.simple_tag
def querystring_of(**values: Any) -> str:
    return urlencode({key: value for key, value in values.items() if value not in ("", None)})
