"""Answers that were saved: the link that leads back to them, and the button that deletes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dfs_mou import actions, query
from dfs_mou.blocks.values import to_text
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.merging import PAIR
from dfs_mou.exporters.editions import current_edition, edition_of
from dfs_mou.models import Agreement
from dfs_mou.views.builder.answer import not_available, refused, too_often
from dfs_mou.views.builder.fields import language_name
from dfs_mou.views.builder.parties import pair_names
from dfs_mou.views.builder.state import State
from dfs_mou.views.builder.steps import Builder
from dfs_mou.views.csrf import csrf_by_secret
from dfs_mou.views.limits import is_too_often
from dfs_mou.views.words import listed_apart

LANGUAGES = "languages"
CHOSEN = (LANGUAGES, PAIR)  # what the first step asks


def save(request: HttpRequest, builder: Builder) -> HttpResponse:
    if is_too_often(request, "save"):
        return too_often(request)
    try:
        saved = write(request, builder)
    except actions.AgreementSealed:
        return refused(request, sealed_sentence(), 409)
    if saved.conflicts:
        return conflict(request, builder, saved)
    return secret(redirect("dfs_mou:resume", token=saved.token))


def write(request: HttpRequest, builder: Builder, *, renew: bool = True) -> actions.Saved:
    return actions.save_agreement(
        by=request.user,
        edition=builder.row,
        languages=builder.state.languages,
        answers=builder.cleaned.answers.to_json() | {"parties": builder.state.parties},
        keep=builder.state.keep,
        at=timezone.now(),
        token=builder.state.token or None,
        base=builder.state.base or None,
        renew=renew,
    )


def sealed_sentence() -> str:
    return _("All parties have agreed to this text, so it can't be changed. Open it again on its page first.")


def conflict(request: HttpRequest, builder: Builder, saved: actions.Saved) -> HttpResponse:
    """Nothing is lost: the form has mine, the page shows theirs, and saving once more decides."""
    state = state_after(builder.state, saved)
    fresh = Builder(builder.row, builder.edition, state, builder.ui_language, request.user)
    names = [row.name for row in saved.conflicts if row.name in builder.edition.by_name]
    step = builder.edition.by_name[names[0]].group if names else "parties"
    context = fresh.context(step) | {"conflicts": conflict_rows(builder, saved), "conflict_name": saved.by_name}
    return secret(render(request, "dfs_mou/builder/step.html", context, status=409))


def conflict_rows(builder: Builder, saved: actions.Saved) -> list[dict[str, str]]:
    return [
        {
            "label": label_of(builder, row.name),
            "language": row.language,
            "theirs": _text_of(builder, row.name, row.theirs),
            "mine": _text_of(builder, row.name, row.mine),
        }
        for row in saved.conflicts
    ]


def label_of(builder: Builder, name: str) -> str:
    if name in CHOSEN:
        return _("Parties and languages")
    return builder.words.label(name) if name in builder.edition.by_name else name


def _text_of(builder: Builder, name: str, value: Any) -> str:
    if name == LANGUAGES:
        return listed_apart(map(language_name, value))
    if name == PAIR:
        return listed_apart(pair_names(value, builder.ui_language))
    return to_text(value)


def state_after(state: State, saved: actions.Saved) -> State:
    """What is saved now, and what was typed for a language that is not chosen."""
    waiting = {code: part for code, part in state.answers["values"].items() if code not in saved.languages}
    answers = {"common": saved.answers["common"], "values": {**waiting, **saved.answers["values"]}}
    keep = None if saved.keep is None else tuple(saved.keep)
    pair = dict.fromkeys(state.parties, "") | saved.answers.get(PAIR, {})
    return replace(state, answers=answers, languages=tuple(saved.languages), keep=keep, base=saved.number, **pair)


@csrf_by_secret
@require_http_methods(["GET", "HEAD"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Answers go on with the edition they began with."""
    party = query.party(token, request.user, timezone.now())
    if party is None:
        return secret(render(request, "dfs_mou/builder/gone.html", status=404))
    saved = party.agreement
    if current_edition(saved.edition.template) is None:
        return not_available(request)
    row, edition = edition_of(saved.edition_id, saved.edition.sha256)
    builder = Builder(row, edition, state_of(saved, token, edition), get_language() or "en", request.user)
    context = builder.context("parties") | {
        "saved": saved,
        "is_owner": party.is_owner,
        "sealed": actions.is_sealed(saved),
        "link": request.build_absolute_uri(reverse("dfs_mou:resume", args=[token])),
        "token": token,
    }
    return secret(render(request, "dfs_mou/builder/step.html", context))


@csrf_by_secret
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    token = request.POST.get("token", "")
    try:
        if (
            not token
            or len(token) > 100
            or not actions.delete_agreement(by=request.user, token=token, at=timezone.now())
        ):
            raise Http404
    except actions.NotAllowed as error:
        return refused(request, str(error), 403)
    return secret(render(request, "dfs_mou/builder/deleted.html"))


def state_of(saved: Agreement, token: str, edition: Edition) -> State:
    languages = tuple(code for code in saved.languages if code in edition.languages) or edition.languages[:1]
    values = saved.answers.get("values", {})
    answers = {
        "common": _known(saved.answers.get("common", {}), edition),
        "values": {code: _known(part, edition) for code, part in values.items() if code in edition.languages},
    }
    keep = None if saved.keep is None else tuple(key for key in saved.keep if key in edition.by_key)
    parties = saved.answers.get("parties", {})  # answers saved earlier have none
    newest = saved.versions.last()
    base = newest.number if newest else 0
    return State(languages, edition.template, answers=answers, keep=keep, token=token, base=base, **parties)


def _known(part: dict[str, Any], edition: Edition) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name in edition.by_name}


def secret(response: HttpResponse) -> HttpResponse:
    """For pages whose address is a key: kept nowhere, found nowhere, named nowhere."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
