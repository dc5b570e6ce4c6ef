"""Tells the editors of a template what is wrong with it: after each saving, and on a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from dfs_mou import query
from dfs_mou.documents.edition import Edition, EditionError
from dfs_mou.documents.edition_checks import Problem, is_loose, problems
from dfs_mou.documents.edition_lint import Code, Finding, lint
from dfs_mou.exporters.edition_json import edition_json
from dfs_mou.exporters.editions import current_edition
from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage
from dfs_mou.models.clause_page import keys_of
from dfs_mou.permissions import OURS, can_check, can_write_in
from dfs_mou.views.builder.fields import language_name
from dfs_mou.views.words import Words, listed, quoted

FIELDS: dict[Code, str] = {
    "never": "condition",
    "always": "condition",
    "nothing": "body",
    "chips": "body",
    "unused": "name",
    "unreachable": "name",
    "no_form": "form_of",
}


# What an edition calls a field that a draft may leave empty: its label, and the field of the form that holds it.
MISSING = {
    "var": (_lazy("Question"), "condition"),
    "key": (_lazy("Key"), "clauses"),
    "name": (_lazy("Key"), "variables"),
    "value": (_lazy("Value"), "choices"),
    "title": (_lazy("Title"), "title"),
    "version": (_lazy("version"), "version"),
    "reference": (_lazy("Reference"), "reference"),
}


@dataclass(frozen=True)
class Checked:
    """`errors` keep an edition from being published; `warnings` don't."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def check_template(template: MouTemplatePage, language: str) -> Checked:
    """As its editors left it, drafts included."""
    try:
        edition = Edition.from_json(edition_json(template, drafts=True))
    except EditionError as error:
        return Checked((unreadable(error),))
    found = problems(edition)
    rows = [] if is_loose(edition) else _findings(edition, language)
    return Checked(
        errors=(
            *found,
            *(told for row, told in rows if row.is_error),
        ),
        warnings=(
            *(told for row, told in rows if not row.is_error),
            *_lost(template, edition),
        ),
    )


def _lost(template: MouTemplatePage, edition: Edition) -> Iterator[Problem]:
    """A language of the edition in force that the next one would lack: drafters would find no model in it."""
    newest = current_edition(template.template_key)
    for language in newest[1].languages if newest else ():
        if language not in edition.languages:
            titles = listed(map(quoted, query.without_translation(template, language)[:3]))
            sentence = _(
                "A new edition would no longer be in %(language)s, where there is no translation of: %(pages)s."
            )
            yield Problem(sentence % {"language": language_name(language), "pages": titles or "–"})


def unreadable(error: EditionError) -> Problem:
    """What a draft leaves empty, as its editor knows the field; the rest of the template can't be looked at yet."""
    if error.missing not in MISSING:
        return Problem(str(error))
    label, field = MISSING[error.missing]
    quoted = re.search("“(.+?)”", error.place)
    key = quoted[1] if quoted else ""
    sentence = _("“%(field)s” is empty in “%(place)s”; the rest of the template can't be checked before it is filled.")
    is_clause = error.place.startswith("clause")
    return Problem(
        sentence % {"field": label, "place": key or error.place},
        keys=(key,) if is_clause else (),
        name="" if is_clause else key,
        field=field,
    )


def _findings(edition: Edition, language: str) -> list[tuple[Finding, Problem]]:
    words = Words(edition, language)
    return [
        (row, Problem(sentence(row, words), (row.key,) if row.key else (), row.name, FIELDS[row.code]))
        for row in lint(edition)
    ]


def sentence(row: Finding, words: Words) -> str:
    clause = words.clause(row.key) if row.key else ""
    question = words.label(row.name) if row.name else ""
    condition = words.condition(row.more["condition"]) if "condition" in row.more else ""
    if row.code == "never":
        text = _("“%(clause)s” is never printed: no answers make its condition hold (%(condition)s).")
    elif row.code == "always":
        text = _("“%(clause)s” is always printed: its condition holds whatever is answered (%(condition)s).")
    elif row.code == "nothing":
        text = _("“%(clause)s” has neither a title nor a text.")
    elif row.code == "unused":
        text = _("The question “%(question)s” is never asked: no text prints it and no condition tests it.")
    elif row.code == "unreachable":
        text = _("The question “%(question)s” is never asked: only parts that are never printed need it.")
    elif row.code == "no_form":
        text = _("“%(question)s”: no form of the name is proposed in %(language)s, so drafters have to type it.")
    else:
        return _chips(row, clause, words)
    language = language_name(row.language) if row.language else ""
    return text % {"clause": clause, "question": question, "condition": condition, "language": language}


def _chips(row: Finding, clause: str, words: Words) -> str:
    kind, name = row.more["chip"]
    known = kind == "var" and name in words.edition.by_name
    chip = words.label(name) if known else words.clause(name) if name in words.edition.by_key else name
    text = _("“%(clause)s” in %(language)s: “%(chip)s” stands there %(found)s times, in the source %(wanted)s times.")
    numbers = {"found": row.more["found"], "wanted": row.more["wanted"]}
    return text % {"clause": clause, "language": language_name(row.language), "chip": chip, **numbers}


def tell_after_saving(request: HttpRequest, page: Page) -> None:
    specific = page.specific_class
    if specific is None or not issubclass(specific, OURS):
        return
    template = query.source_template(page.specific)
    if template is None:
        return
    checked = check_template(template, get_language() or "en")
    found = [*about(page.specific, checked.errors), *about(page.specific, checked.warnings)]
    found += [row for row in checked.errors if row not in found]
    if not found:
        return
    head = ngettext(
        "The check of the template found %(count)s thing:",
        "The check of the template found %(count)s things:",
        len(found),
    ) % {"count": len(found)}
    shown = [row.sentence for row in found[:3]]
    url = reverse("dfs_mou_check", args=[template.pk])
    link = format_html('<a href="{}">{}</a>', url, _("See all of it"))
    messages.warning(request, format_html("{} {} {}", head, " ".join(shown), link))


def about(page: Any, rows: tuple[Problem, ...]) -> Iterator[Problem]:
    """What was just saved is named first; the rest is on the page of the check."""
    if isinstance(page, ClausePage):
        keys = set(keys_of(page.clauses).values()) | {page.key}
        yield from (row for row in rows if keys & set(row.keys))
    elif isinstance(page, QuestionGroupPage):
        names = {block.value["name"] for block in page.variables}
        yield from (row for row in rows if row.name in names)


def template_check(request: HttpRequest, page_id: int) -> HttpResponse:
    template = get_object_or_404(MouTemplatePage, pk=page_id)
    if not can_check(request.user, template):
        raise PermissionDenied
    checked = check_template(template, get_language() or "en")
    context = {"template_page": template, "checked": checked}
    return render(request, "dfs_mou/admin/check.html", context)


def findings_of_page(request: HttpRequest, page_id: int) -> JsonResponse:
    """What the check says about one page, for its form: each beside its field."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, OURS):
        raise Http404
    if not can_write_in(request.user, page):
        raise PermissionDenied
    template = query.source_template(page)
    checked = check_template(template, get_language() or "en") if template else Checked()
    page = page.get_latest_revision_as_object()  # its form shows the draft
    rows = [*about(page, checked.errors), *about(page, checked.warnings)]
    return JsonResponse(
        {"found": [{"keys": row.keys, "name": row.name, "field": row.field, "said": row.sentence} for row in rows]}
    )


def page_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    specific = page.specific_class
    if specific is None or not issubclass(specific, MouTemplatePage) or not can_check(user, page):
        return
    url = reverse("dfs_mou_check", args=[page.pk])
    yield Button(_("Check the template"), url, icon_name="check", priority=80)
