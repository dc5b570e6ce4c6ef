"""Takes back, in the form, what its drafter last changed in a saved agreement."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dfs_mou import actions, query
from dfs_mou.blocks.values import to_text
from dfs_mou.views.builder.answer import refused
from dfs_mou.views.builder.saved import conflict, sealed_sentence, secret, state_of, write
from dfs_mou.views.builder.steps import Builder
from dfs_mou.views.words import Words


def undo(request: HttpRequest, builder: Builder, step: str) -> HttpResponse:
    """What is typed and not saved yet is the last change: it is saved first, so that nothing is ever lost."""
    try:
        saved = write(request, builder, renew=False)
        if saved.conflicts:
            return conflict(request, builder, saved)
        undone = actions.undo(by=request.user, token=saved.token, at=timezone.now())
        told: dict[str, Any] = {"undone": undone_rows(builder.words, undone)}
    except actions.AgreementSealed:
        return secret(refused(request, sealed_sentence(), 409))
    except actions.NoSuchLink:
        return secret(render(request, "dfs_mou/builder/gone.html", status=404))
    except actions.NotAllowed as error:
        told = {"not_undone": str(error)}
    context = as_saved(request, builder).context(step) | told
    return secret(render(request, "dfs_mou/builder/step.html", context))


def as_saved(request: HttpRequest, builder: Builder) -> Builder:
    token = builder.state.token
    party = query.party(token, request.user, timezone.now())
    state = state_of(party.agreement, token, builder.edition) if party else builder.state
    return Builder(builder.row, builder.edition, state, builder.ui_language, request.user)


def undone_rows(words: Words, undone: actions.Undone) -> list[dict[str, str]]:
    known = words.edition.by_name
    return [
        {
            "label": words.label(row.name) if row.name in known else row.name,
            "language": row.language,
            "was": to_text(row.was),
            "now": words.value(known[row.name], row.now) if row.name in known else to_text(row.now),
        }
        for row in undone.answers
    ]
