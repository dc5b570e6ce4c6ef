"""The look of Word files, in the admin: proposed by one person as a Word file, tried, put in force by another."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from dfs_mou import actions, query
from dfs_mou.documents import docx, house_sample
from dfs_mou.documents.tree import build
from dfs_mou.exporters import samples
from dfs_mou.exporters.editions import current_edition
from dfs_mou.exporters.files import in_word
from dfs_mou.models import HouseStyle
from dfs_mou.permissions import can_approve_house_style, can_propose_house_style, sees_house_styles
from dfs_workflow.documents.docx_gate import LARGEST_UPLOAD, RefusedFile


class HouseStyleMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("House style of MOUs"),
            reverse("dfs_mou_house_style"),
            name="mou-house-style",
            icon_name="doc-full",
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_house_styles(request.user)


def house_styles(request: HttpRequest) -> HttpResponse:
    if not sees_house_styles(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return ACTS.get(request.POST.get("act", ""), _unknown)(request)
    rows = list(HouseStyle.objects.select_related("proposed_by", "approved_by").order_by("-pk")[:50])
    context = {
        "in_force": query.house_style_in_force(),
        "rows": [(row, can_approve_house_style(request.user, row)) for row in rows],
        "may_propose": can_propose_house_style(request.user),
        "languages": _languages(),
    }
    return render(request, "dfs_mou/admin/house_style.html", context)


def _languages() -> tuple[str, ...]:
    current = current_edition()
    return current[1].languages if current else ()


def _back() -> HttpResponseRedirect:
    return redirect("dfs_mou_house_style")


def _unknown(request: HttpRequest) -> HttpResponse:
    return _back()


def _propose(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose a Word file."))
        return _back()
    if (file.size or 0) > LARGEST_UPLOAD:
        messages.error(request, _("The file is larger than 10 megabytes: remove pictures and try again."))
        return _back()
    name = request.POST.get("name", "").strip() or file.name or ""
    try:
        actions.propose_house_style(by=request.user, data=file.read(), name=name, at=timezone.now())
    except RefusedFile as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The house style is proposed. Somebody else puts it in force."))
    return _back()


def _propose_ours(request: HttpRequest) -> HttpResponse:
    name = _("The look that comes with the platform")
    actions.propose_house_style(by=request.user, data=None, name=name, at=timezone.now())
    messages.success(request, _("The house style is proposed. Somebody else puts it in force."))
    return _back()


def _approve(request: HttpRequest) -> HttpResponse:
    actions.approve_house_style(by=request.user, style=_style(request), at=timezone.now())
    messages.success(request, _("The house style is in force for every Word file from now on."))
    return _back()


def _drop(request: HttpRequest) -> HttpResponse:
    actions.drop_house_style(by=request.user, style=_style(request))
    return _back()


def _style(request: HttpRequest) -> HouseStyle:
    return get_object_or_404(HouseStyle, pk=query.number(request.POST.get("style", "")))


ACTS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "propose": _propose,
    "propose_ours": _propose_ours,
    "approve": _approve,
    "drop": _drop,
}


def house_style_file(request: HttpRequest, pk: int, language: str = "") -> HttpResponse:
    """Without a language the styles alone, to begin a new one with; otherwise an MOU of an example pair. 0: ours."""
    if not sees_house_styles(request.user):
        raise PermissionDenied
    style = get_object_or_404(HouseStyle, pk=pk) if pk else None
    look = json.dumps(style.look, sort_keys=True) if style and style.look else ""
    current = current_edition()
    if language and current and language in current[1].languages:
        answers = samples.sample_answers(current[1], samples.example_for(language))
        document = build(current[1], answers, language=language, date=timezone.localdate())
        content, name = in_word(docx.render, document, look), f"mou-{language}"
    else:
        content, name = house_sample.render(look), "house-style"
    response = HttpResponse(content, content_type=docx.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}-{slugify(style.name) if style else "ours"}.docx"'
    return response
