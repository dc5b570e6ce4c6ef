"""`{% propose_change page "statement" %}` stands at each text that is open to proposals; it asks no query."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.blocks import CharBlock

from dfs_workflow.conf import interface_language, source_language
from dfs_workflow.language_marks import marks
from dfs_workflow.models.gated import governed_models
from dfs_workflow.proposals.formatted import formatted
from dfs_workflow.proposals.places import holds_text, proposable_fields
from dfs_workflow.redline import Redline

register = template.Library()


@register.simple_tag
def propose_change(page: Any, field: str) -> SafeString:
    """For a list of what can be done. Nothing on a site that takes no proposals."""
    url = place_address(page, field)
    return format_html("<li>{}</li>", link(url, getattr(page, "reference", ""))) if url else SafeString("")


@register.simple_tag
def propose_snippet(snippet: Any) -> SafeString:
    """Below the words of what is no page, such as a term of a glossary."""
    url = address("propose_snippet", snippet._meta.model_name, snippet.pk) if proposable_fields(snippet) else ""
    return below(url, str(snippet), snippet) if url else SafeString("")


@register.simple_tag
def propose_new_snippet(name: str) -> SafeString:
    """Above a list of what is no page, such as a glossary: that something is missing."""
    found = next((model for model in governed_models() if model._meta.model_name == name), None)
    url = address("propose_new_snippet", name) if found and getattr(found, "proposable_as_new", ()) else ""
    if not url:
        return SafeString("")
    label = _("Propose: %(kind)s") % {"kind": found._meta.verbose_name}
    return format_html('<p class="prop"><a href="{}" rel="nofollow">{}</a></p>', url, label)


@register.simple_tag
def propose_block(page: Any, field: str, part: Any = None) -> SafeString:
    """Below a text. `part`: a block of the stream, or the key or identity of one."""
    key, what = part, getattr(page, "reference", "")
    if hasattr(part, "block_type"):
        can = part.id and holds_text(part.block) and not isinstance(part.block, CharBlock)
        key, what = (part.id, part.block.label) if can else ("", "")
        field = field if can else ""
    url = place_address(page, field, key)
    return below(url, what, page) if url else SafeString("")


def below(url: str, what: str, subject: Any) -> SafeString:
    return format_html('<p class="prop"{}>{}</p>', marks_beside(subject), link(url, what))


def marks_beside(page: Any) -> SafeString:
    """The words of the link are the reader's, also below a text in another language."""
    code = interface_language(get_language() or source_language())
    return SafeString("") if page.locale.language_code == code else marks(code)


def link(url: str, what: str) -> SafeString:
    words = _("Propose a change")
    return format_html('<a href="{}" rel="nofollow">{}<span class="vh"> <bdi>{}</bdi></span></a>', url, words, what)


@register.inclusion_tag("dfs_workflow/proposals/more.html")
def propose_more(page: Any, field: str = "") -> dict[str, Any]:
    """What can be proposed about a page: other words, something new under it, its withdrawal or its move."""
    links = [(place_address(page, field), _("Propose a change"))] if field else []
    return {"links": [(url, label) for url, label in (*links, *further(page)) if url]}


def place_address(page: Any, field: str, part: str | None = None) -> str:
    if field not in proposable_fields(page) or not page.pk:
        return ""
    return address("propose_text", page.pk, f"{field}.{part}" if part else field)


def further(page: Any) -> Iterator[tuple[str, str]]:
    for model in type(page).allowed_subpage_models():
        if getattr(model, "proposable_as_new", ()):
            label = _("Propose: %(kind)s") % {"kind": model._meta.verbose_name}
            yield address("propose_new", page.pk, model._meta.model_name), label
    if hasattr(page, "reference") and proposable_fields(page):
        yield address("propose_withdrawal", page.pk), _("Propose to withdraw it")
        yield address("propose_move", page.pk), _("Propose to move it")


def address(name: str, *args: Any) -> str:
    try:
        return reverse(f"dfs_workflow:{name}", args=args)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("dfs_workflow/proposals/rich_redline.html")
def rich_redline(found: Redline) -> dict[str, Any]:
    return {"runs": formatted(found.pieces)}


@register.simple_tag
def person(name: str) -> str:
    return name or _("a person who was erased")


@register.filter
def new_kind(item: Any) -> str:
    return capfirst(str(apps.get_model(item.details["model"])._meta.verbose_name))


@register.filter
def written_in(item: Any) -> str:
    """The language of a proposed text that isn't in the one that texts are written in; empty otherwise."""
    if item.language == source_language():
        return ""
    return str(get_language_info(item.language)["name_translated"])


@register.filter
def direction_of(code: str) -> str:
    return "rtl" if get_language_info(code)["bidi"] else "ltr"
