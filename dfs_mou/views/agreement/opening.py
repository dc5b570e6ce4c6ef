"""The way into an agreement: a link, and no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from dfs_mou import actions, query
from dfs_mou.views.agreement.desk import Desk
from dfs_mou.views.builder.answer import refused, too_often
from dfs_mou.views.builder.saved import sealed_sentence, secret
from dfs_mou.views.limits import is_too_often
from dfs_workflow.documents.docx_gate import RefusedFile


def with_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Every refusal of an action is one sentence; nothing behind the link is kept anywhere."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        party = query.party(token, request.user, timezone.now())
        if party is None:
            return secret(render(request, "dfs_mou/builder/gone.html", status=404))
        if request.method == "POST" and is_too_often(request, "save"):
            return secret(too_often(request))
        try:
            return secret(view(request, Desk(token, party, get_language() or "en", request.user), **rest))
        except actions.NotAllowed as error:
            return secret(refused(request, str(error), 403))
        except actions.AgreementSealed:
            return secret(refused(request, sealed_sentence(), 409))
        except RefusedFile as error:
            return secret(refused(request, str(error), 422))

    return opened
