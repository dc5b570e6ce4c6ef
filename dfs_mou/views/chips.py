"""What the editor of a clause offers to insert: the questions, or the clauses, of the template it belongs to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.models import Page

from dfs_mou import query
from dfs_mou.exporters.edition_json import edition_json
from dfs_mou.importers.sample_text import SampleText
from dfs_mou.permissions import OURS, can_write_in


def chip_choices(request: HttpRequest, linktype: str) -> JsonResponse:
    """`from`: the address of the editor. Drafts are offered too, to who may write them."""
    page = page_of(request.GET.get("from", ""))
    if page is None or linktype not in ("mouvar", "mouref"):
        raise Http404
    if not can_write_in(request.user, page):
        raise PermissionDenied
    template = query.source_template(page)
    if template is None:
        raise Http404
    language = page.locale.language_code
    data = edition_json(template, drafts=True, only=[language])
    language = language if language in data["languages"] else data["languages"][0]
    return JsonResponse({"choices": questions(data, language) if linktype == "mouvar" else clauses(data, language)})


def page_of(path: str) -> Any:
    """The page that is being changed, or the one below which a new one is being written."""
    try:
        found = resolve(path).kwargs
    except Resolver404:
        return None
    number = found.get("page_id") or found.get("parent_page_id")
    page = Page.objects.filter(pk=number).select_related("locale").first() if isinstance(number, int) else None
    specific = page.specific if page else None
    return specific if isinstance(specific, OURS) else None


def questions(data: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """`values`: the answers that a condition can test."""
    sample = SampleText(data, language)
    groups = {group["key"]: group["title"].get(language, "") for group in data["groups"]}
    return [
        {
            "key": row["name"],
            "label": row["label"].get(language, ""),
            "sample": sample.variable(row["name"]),
            "group": groups.get(row["group"], ""),
            "values": values(row, language),
        }
        for row in data["variables"]
    ]


def values(row: dict[str, Any], language: str) -> list[dict[str, str]]:
    if row["type"] == "boolean":
        return [{"value": "yes", "label": _("yes")}, {"value": "no", "label": _("no")}]
    return [{"value": choice["value"], "label": choice["label"].get(language, "")} for choice in row["choices"]]


def clauses(data: dict[str, Any], language: str) -> list[dict[str, str]]:
    """Only whole clauses and annexes can be referred to."""
    sample = SampleText(data, language)
    return [
        {
            "key": node["key"],
            "label": node["title"].get(language, ""),
            "sample": sample.label({"ref": node["key"]}),
            "group": "",
        }
        for node in (*data["clauses"], *data["annexes"])
    ]
