"""What stands at the permanent address of something that was withdrawn, as a page and as Markdown."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from dfs_workflow.conf import reading_order
from dfs_workflow.models import Decision, PermanentReference
from dfs_workflow.models.reference import permanent_path

MARKDOWN = "text/markdown; charset=utf-8"
MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def prefers_markdown(request: HttpRequest) -> bool:
    """A browser asks for HTML, and for anything else only after it."""
    if getattr(request, "wants_markdown", False):
        return True
    accept = request.headers.get("Accept", "")
    return "text/markdown" in accept and request.get_preferred_type(["text/html", "text/markdown"]) == "text/markdown"


def withdrawn(request: HttpRequest, entry: PermanentReference, language: str) -> HttpResponse:
    found = withdrawal(entry, language)
    if prefers_markdown(request):
        answer = HttpResponse(as_markdown(found, language), content_type=MARKDOWN)
    else:
        path = f"{permanent_path(entry.reference, language)}history/"
        found["history"] = path if found["language"] and is_valid_path(path) else ""
        answer = render(request, "dfs_workflow/withdrawn.html", found)
    patch_vary_headers(answer, ["Accept"])
    return answer


def last_shown(entry: PermanentReference, language: str) -> Page | None:
    """What readers saw of it, in the first of their languages in which it was ever published."""
    pages = Page.objects.filter(translation_key=entry.translation_key).exclude(first_published_at=None).public()
    by_language = {page.locale.language_code: page for page in pages.select_related("locale")}
    return next((by_language[code] for code in reading_order(language) if code in by_language), None)


def withdrawal(entry: PermanentReference, language: str) -> dict[str, Any]:
    """When and why it was withdrawn, what takes its place, and the words that readers saw last."""
    page = last_shown(entry, language)
    decisions = Decision.objects.filter(
        content_type=ContentType.objects.get_for_model(Page), object_id=str(page.pk if page else "")
    )
    gone = decisions.filter(kind__in=(Decision.Kind.WITHDRAW, Decision.Kind.DELETE)).order_by("at").last()
    published = decisions.filter(kind__in=Decision.PUBLISHING).order_by("at").last()
    revision = Revision.objects.filter(pk=published.revision_id).first() if published else None
    return {
        "reference": entry.reference,
        "entry": entry,
        "date": gone.at if gone else None,
        "last": None if entry.hides_words or revision is None else revision.content,
        "language": page.locale.language_code if page else "",
    }


def as_markdown(found: dict[str, Any], language: str) -> str:
    return "\n\n".join(paragraphs(found, language)) + "\n"


def paragraphs(found: dict[str, Any], language: str) -> Iterator[str]:
    entry, last, base = found["entry"], found["last"], settings.WAGTAILADMIN_BASE_URL
    yield f"# {_('%(reference)s was withdrawn') % {'reference': entry.reference}}"
    yield f"<{base}{permanent_path(entry.reference, language)}>"
    if found["date"]:
        yield _(
            "Withdrawn on %(day)s. It is not in force any more; its reference is never given to another statement."
        ) % {"day": date_format(found["date"], "DATE_FORMAT")}
    if entry.withdrawal_reason:
        yield f"**{_('Reason:')}** {plain(entry.withdrawal_reason)}"
    if entry.successor:
        yield f"**{_('Successor:')}** [{entry.successor}]({base}{permanent_path(entry.successor, language)})"
    if last:
        yield f"## {_('What it said')}"
        yield f"**{plain(last.get('title', ''))}**"
        if last.get("statement"):
            yield f"> {plain(last['statement'])}"


def plain(text: str) -> str:
    """Words in one line, none of which is read as a mark."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))
