"""What the acts on an agreement share: what was typed, and where to go then."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dfs_mou import actions
from dfs_mou.documents.cleaning import LONGEST_NAME, WrongAnswer, clean_text
from dfs_mou.views.agreement.desk import Desk

Answer = HttpResponse | dict[str, Any]  # a response, or what the page shows besides


def typed(request: HttpRequest, name: str, *, lines: bool = False, longest: int = LONGEST_NAME) -> str:
    try:
        return clean_text(request.POST.get(name, ""), lines=lines, longest=longest)
    except WrongAnswer as error:
        raise actions.NotAllowed(str(error.message)) from error


def back(desk: Desk, anchor: str = "") -> HttpResponse:
    return redirect(reverse("dfs_mou:room", args=[desk.token]) + anchor)


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def as_file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
