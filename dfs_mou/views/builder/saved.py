"""Answers that were saved: the link that leads back to them, and the button that deletes them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from dfs_mou import actions, query
from dfs_mou.documents.edition import Edition
from dfs_mou.exporters.editions import current_edition
from dfs_mou.models import Agreement
from dfs_mou.views.builder.answer import not_available, too_often
from dfs_mou.views.builder.state import State
from dfs_mou.views.builder.steps import Builder
from dfs_mou.views.csrf import csrf_by_secret
from dfs_mou.views.limits import is_too_often


def save(request: HttpRequest, builder: Builder) -> HttpResponse:
    if is_too_often(request, "save"):
        return too_often(request)
    token = actions.save_agreement(
        by=None,
        edition=builder.row,
        languages=builder.state.languages,
        answers=builder.cleaned.answers.to_json() | {"parties": builder.state.parties},
        keep=builder.state.keep,
        at=timezone.now(),
        token=builder.state.token or None,
    )
    return secret(redirect("dfs_mou:resume", token=token))


@csrf_by_secret
@require_http_methods(["GET", "HEAD"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Answers go on with the newest edition: names that it no longer has are left out."""
    saved = query.agreement(actions.hash_of(token), timezone.now())
    current = current_edition()
    if saved is None:
        return secret(render(request, "dfs_mou/builder/gone.html", status=404))
    if current is None:
        return not_available(request)
    row, edition = current
    builder = Builder(row, edition, state_of(saved, token, edition), get_language() or "en")
    context = builder.context("parties") | {
        "saved": saved,
        "link": request.build_absolute_uri(reverse("dfs_mou:resume", args=[token])),
        "token": token,
    }
    return secret(render(request, "dfs_mou/builder/step.html", context))


@csrf_by_secret
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    token = request.POST.get("token", "")
    if not token or len(token) > 100 or not actions.delete_agreement(by=None, token=token):
        raise Http404
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
    return State(languages=languages, answers=answers, keep=keep, token=token, **parties)


def _known(part: dict[str, Any], edition: Edition) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name in edition.by_name}


def secret(response: HttpResponse) -> HttpResponse:
    """For pages whose address is a key: kept nowhere, found nowhere, named nowhere."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
