"""What stands at the permanent address of something that was withdrawn, as a page and as Markdown."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dfs_workflow.markdown import escaped, markdown_response, prefers_markdown
from dfs_workflow.models import PermanentReference
from dfs_workflow.models.reference import permanent_path
from dfs_workflow.query import withdrawal


def withdrawn(request: HttpRequest, entry: PermanentReference, language: str) -> HttpResponse:
    found = withdrawal(entry, language)
    if prefers_markdown(request):
        return markdown_response(as_markdown(found, language))
    path = f"{permanent_path(entry.reference, language)}history/"
    found["history"] = path if found["language"] and is_valid_path(path) else ""
    answer = render(request, "dfs_workflow/withdrawn.html", found)
    patch_vary_headers(answer, ["Accept"])
    return answer


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
        yield f"**{_('Reason:')}** {escaped(entry.withdrawal_reason)}"
    if entry.successor:
        yield f"**{_('Successor:')}** [{entry.successor}]({base}{permanent_path(entry.successor, language)})"
    if last:
        yield f"## {_('What it said')}"
        yield f"**{escaped(last.get('title', ''))}**"
        if last.get("statement"):
            yield f"> {escaped(last['statement'])}"
