"""Authorities whose members open an agreement without a link."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dfs_mou import actions, notifications, query
from dfs_mou.views.agreement.answering import Answer, back, number
from dfs_mou.views.agreement.desk import Desk
from dfs_mou.views.builder.saved import secret
from dfs_workflow.notifications import queue


def join(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.join_for_organisation(by=request.user, token=desk.token, at=timezone.now())
    return back(desk)


def leave(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.leave_organisation(by=request.user, token=desk.token, at=timezone.now())
    return back(desk)


def invite_members(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    chosen = number(request.POST.get("organisation", ""))
    party = actions.invite_organisation(by=request.user, token=desk.token, organisation=chosen, at=timezone.now())
    queue.put(notifications.tell_invited, party.pk)
    return back(desk, "#parties")


MEMBERSHIP = {"join": join, "leave": leave, "invite_members": invite_members}


@require_safe
@login_required
def agreements(request: HttpRequest) -> HttpResponse:
    """Those of the organisation that the reader speaks for; a steward without a membership sees none."""
    own = query.spoken_for(request.user)
    rows = [] if own is None else [(party, key_of(party.pk)) for party in query.parties_of(own, timezone.now())]
    context = {"own": own, "rows": rows, "why_not": query.why_not_spoken_for(request.user)}
    return secret(render(request, "dfs_mou/agreement/list.html", context))


def key_of(party: int) -> str:
    return f"{query.MEMBER}{party}"
