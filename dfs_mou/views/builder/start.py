"""The builder: one address, one form; each press of a button answers with the next step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dfs_mou import query
from dfs_mou.documents.edition import Edition
from dfs_mou.exporters.editions import current_edition, edition_of
from dfs_mou.importers.answers_files import LARGEST, read
from dfs_mou.models import TemplateEdition
from dfs_mou.views.builder.answer import not_available, refused
from dfs_mou.views.builder.autosave import autosave
from dfs_mou.views.builder.documents import PAIR, answers_file, document_page, download, seal
from dfs_mou.views.builder.live import live
from dfs_mou.views.builder.parties import with_parties
from dfs_mou.views.builder.saved import save
from dfs_mou.views.builder.state import LARGEST as LARGEST_STATE
from dfs_mou.views.builder.state import BadState, State, TooLarge, UnknownLanguage
from dfs_mou.views.builder.steps import Builder
from dfs_mou.views.builder.undo import undo
from dfs_mou.views.csrf import csrf_by_secret
from dfs_mou.views.words import listed
from dfs_workflow.documents.file_gate import RefusedFile

MOST_NAMED, LONGEST_NAME = 20, 70  # of what a file holds and the model doesn't ask


@csrf_by_secret
@require_http_methods(["GET", "HEAD", "POST"])
def builder(request: HttpRequest) -> HttpResponse:
    current = edition_at_work(request) or current_edition()
    if current is None:
        return not_available(request)
    row, edition = current
    language = get_language() or edition.languages[0]
    if request.method != "POST":
        return page(request, Builder(row, edition, State.first(edition, language), language, request.user))
    try:
        state = State.from_text(edition, request.POST.get("state", "")).with_post(edition, request.POST)
    except TooLarge:
        return refused(request, _("These answers are too long to be kept together: shorten some of them."), 413)
    except BadState:
        return refused(request, _("This form can't be read any more. Begin again from the first page."), 400)
    except UnknownLanguage:
        return refused(request, _("The model text does not exist in that language."), 400)
    if request.POST.get("step") == "parties":
        state = with_parties(edition, state, request.POST)
    return act(request, Builder(row, edition, state, language, request.user))


def edition_at_work(request: HttpRequest) -> tuple[TemplateEdition, Edition] | None:
    """A saved agreement goes on with the edition it began with, until its parties take over a newer one; a form with
    the template it was begun for."""
    if request.method != "POST":
        return current_edition(request.GET.get("template", "")[:64])
    try:
        state = json.loads(request.POST.get("state", "{}"))
        token, template = state["token"], str(state.get("template", ""))[:64]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    party = query.party(token, request.user, timezone.now()) if isinstance(token, str) and token else None
    if party is None:
        return current_edition(template)
    return edition_of(party.agreement.edition_id, party.agreement.edition.sha256)


def act(request: HttpRequest, builder: Builder) -> HttpResponse:
    step = request.POST.get("step", "")
    go, _separator, detail = request.POST.get("go", "next").partition(".")
    if go == "country":
        return page(request, builder, "parties")
    if go == "bring":
        return bring(request, builder)
    if go == "live":
        return live(request, builder, detail)
    if go == "autosave":
        return autosave(request, builder)
    if builder.errors and go not in builder.step_keys:
        return page(request, builder, builder.step_of_errors(step), status=422)
    if go == "preview":
        if detail and any(code not in builder.state.languages for code in detail.split(PAIR)):
            return refused(request, _("This document has not been drafted in that language."), 400)
        return document_page(request, builder, detail)
    if go in ("final", "draft"):
        return document_page(request, builder.with_final(seal(builder) if go == "final" else ""), detail)
    if go == "answers":
        return answers_file(request, builder, detail)
    if go == "download":
        return download(request, builder, detail)
    if go == "save":
        return save(request, builder)
    if go == "undo":
        return undo(request, builder, step)
    if go == "next":
        return next_page(request, builder, step)
    return page(request, builder, go)


def bring(request: HttpRequest, builder: Builder) -> HttpResponse:
    """Answers from a file take the place of those that have the same names; what is wrong is said beside its field."""
    file = request.FILES.get("answers")
    if file is None or not file.size:
        return refused(request, _("Choose a file of answers first."), 400)
    try:
        brought = read(builder.edition, file.read(LARGEST + 1))
    except RefusedFile as error:
        return refused(request, str(error), 422)
    state = builder.state.with_answers({"common": brought.common, "values": brought.values})
    languages = tuple(code for code in builder.edition.languages if code in {*state.languages, *brought.values})
    state = replace(state, languages=languages, keep=state.keep if brought.keep is None else brought.keep)
    if len(state.to_text()) > LARGEST_STATE:
        return refused(request, _("These answers are too long to be kept together: shorten some of them."), 413)
    fresh = Builder(builder.row, builder.edition, state, builder.ui_language, request.user)
    named = listed(name[:LONGEST_NAME] for name in brought.left_out[:MOST_NAMED])
    told = {"brought": brought, "left_out": named, "more": len(brought.left_out) > MOST_NAMED}
    return page(request, fresh, fresh.step_of_errors("parties") if fresh.errors else "parties", told=told)


def next_page(request: HttpRequest, builder: Builder, step: str) -> HttpResponse:
    following = builder.after(step)
    return page(request, builder, following) if following else document_page(request, builder, "")


def page(
    request: HttpRequest,
    builder: Builder,
    step: str = "parties",
    status: int = 200,
    told: Mapping[str, Any] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = builder.context(step) | (told or {})
    response = render(request, "dfs_mou/builder/step.html", context, status=status)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response
