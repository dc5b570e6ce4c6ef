"""What the editor of a clause offers to insert: the questions, or the clauses, of the template it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from dfs_mou import query
from dfs_mou.documents.name_forms import FORMS
from dfs_mou.exporters.edition_json import edition_json
from dfs_mou.importers.sample_text import SampleText
from dfs_mou.permissions import OURS, can_write_in
from dfs_mou.views.words import excerpt

Json = dict[str, Any]
FORM_WORDS = {
    "definite": gettext_lazy("with its article"),
    "genitive": gettext_lazy("after “of”"),
    "locative": gettext_lazy("after “in”"),
}


def chip_choices(request: HttpRequest, linktype: str) -> JsonResponse:
    """`from`: the address of the editor. Drafts are offered too, to who may write them."""
    page = page_of(request.GET.get("from", ""))
    if page is None or linktype not in LISTS:
        raise Http404
    if not can_write_in(request.user, page):
        raise PermissionDenied
    template = query.source_template(page)
    if template is None:
        raise Http404
    language = page.locale.language_code
    data = edition_json(template, drafts=True, only=[language])
    language = language if language in data["languages"] else data["languages"][0]
    return JsonResponse(LISTS[linktype](data, language))


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


def questions(data: Json, language: str) -> Json:
    """`values`: the answers that a condition can test."""
    sample = SampleText(data, language)
    groups = {group["key"]: group["title"].get(language, "") for group in data["groups"]}
    rows = [
        {
            "key": row["name"],
            "label": row["label"].get(language, ""),
            "sample": sample.variable(row["name"]),
            "group": groups.get(row["group"], ""),
            "values": values(row, language),
        }
        for row in data["variables"]
    ]
    return {"choices": rows}


def values(row: Json, language: str) -> list[dict[str, str]]:
    if row["type"] == "boolean":
        return [{"value": "yes", "label": _("yes")}, {"value": "no", "label": _("no")}]
    return [{"value": choice["value"], "label": choice["label"].get(language, "")} for choice in row["choices"]]


def clauses(data: Json, language: str) -> Json:
    """Only whole clauses and annexes can be referred to."""
    sample = SampleText(data, language)
    rows = [
        {
            "key": node["key"],
            "label": node["title"].get(language, ""),
            "sample": sample.label({"ref": node["key"]}),
            "group": "",
        }
        for node in (*data["clauses"], *data["annexes"])
    ]
    return {"choices": rows}


def parts(data: Json, language: str) -> Json:
    """Every clause and every part of one by its words, for the fields that name some: only what is optional can be
    required."""
    sample = SampleText(data, language)
    rows = [
        {
            "key": node["key"],
            "label": node["title"].get(language) or excerpt(_plain(node, sample, language)) or node["key"],
            "is_optional": node["kind"] == "optional",
            "alternatives": node["alternatives_group"] or "",
        }
        for top in (*data["clauses"], *data["annexes"])
        for node in _walk(top)
    ]
    texts = {
        "add": _("Add a clause…"),
        "remove": _("Remove “%(clause)s”") % {"clause": "@"},
        "unknown": _("There is no such clause."),
    }
    return {"choices": rows, "texts": texts}


def forms(data: Json, language: str) -> Json:
    """The forms that are known of a name or a country, in words; any short text of each language may be a name."""
    known = {(form, is_country) for _language, form, is_country in FORMS}
    rows = [
        {"key": f"{row['name']}:{form}", "label": f"{row['label'].get(language, '')}: {words}"}
        for row in data["variables"]
        if (row["type"] == "country" or (row["type"] == "text" and row["localised"])) and not row["form_of"]
        for form, words in FORM_WORDS.items()
        if (form, row["type"] == "country") in known
    ]
    return {
        "choices": rows,
        "texts": {"none": _("Not a form of another answer"), "unknown": _("There is no such form.")},
    }


def _walk(node: Json) -> Iterator[Json]:
    yield node
    for part in node["clauses"]:
        yield from _walk(part)


def _plain(node: Json, sample: SampleText, language: str) -> str:
    lines = node["body"].get(language) or []
    return " ".join("".join(_said(run, sample) for run in line) for line in lines)


def _said(run: Json, sample: SampleText) -> str:
    return " " if run.get("break") else run["text"] if "text" in run else sample.label(run)


LISTS = {"mouvar": questions, "mouref": clauses, "part": parts, "form": forms}
