"""Saves, while somebody answers, what was saved before under its link; who has no link is never stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from dfs_mou import actions
from dfs_mou.blocks.values import to_text
from dfs_mou.documents.merging import PAIR, flat
from dfs_mou.views.builder.saved import LANGUAGES, conflict_rows, label_of, sealed_sentence, secret, state_after, write
from dfs_mou.views.builder.state import State
from dfs_mou.views.builder.steps import Builder
from dfs_mou.views.limits import is_too_often
from dfs_mou.views.words import listed_apart

PER_DOCUMENT = 2


def autosave(request: HttpRequest, builder: Builder) -> HttpResponse:
    status, answer = _autosave(request, builder)
    return secret(JsonResponse(answer, status=status))


def _autosave(request: HttpRequest, builder: Builder) -> tuple[int, dict[str, Any]]:
    """`stop`: it makes no sense to try again before somebody has done something."""
    if not builder.state.token:
        return 400, {"said": _("Nothing is stored until you save."), "stop": True}
    if builder.errors:
        return 422, {"said": _("Not saved: %(problem)s") % {"problem": _problem(builder)}}
    if is_too_often(request, "autosave", PER_DOCUMENT):
        return 429, {"said": _("Not saved yet.")}
    try:
        saved = write(request, builder, renew=False)
    except actions.AgreementSealed:
        return 409, {"said": sealed_sentence(), "stop": True}
    except actions.NoSuchLink:
        return 410, {"said": _("Not saved: the link has ended. Save once more to get a new one."), "stop": True}
    state = state_after(builder.state, saved)
    if saved.conflicts:
        context = {
            "conflicts": conflict_rows(builder, saved),
            "conflict_name": saved.by_name,
            "text_language": builder.words.language,
        }
        shown = render_to_string("dfs_mou/builder/conflicts.html", context, request)
        return 409, {"said": _("Not saved yet."), "conflict": shown, "state": state.to_text(), "stop": True}
    others = changed_by_others(builder, saved)
    chosen = chosen_by_others(builder.state, state)
    labels = [*(label_of(builder, name) for name in chosen), *(row["label"] for row in others)]
    said = _("Somebody else has changed: %(questions)s.") % {"questions": listed_apart(dict.fromkeys(labels))}
    answer = {"state": state.to_text(), "others": others, "said": said if labels else ""}
    if chosen and request.POST.get("step") == "parties":
        # The page still shows, and would send, the choice of before: it goes on from the version it was made from.
        advice = _("Open this page again before you go on here.")
        answer |= {"state": builder.state.to_text(), "said": f"{said} {advice}", "stop": True}
    return 200, answer


def _problem(builder: Builder) -> str:
    error = builder.errors[0]
    label = builder.words.label(error.name) if error.name in builder.edition.by_name else ""
    return _("%(question)s: %(value)s") % {"question": label, "value": error.message} if label else str(error.message)


def chosen_by_others(mine: State, now: State) -> list[str]:
    found = {LANGUAGES: mine.languages != now.languages, PAIR: mine.parties != now.parties}
    return [name for name, is_other in found.items() if is_other]


def changed_by_others(builder: Builder, saved: actions.Saved) -> list[dict[str, str]]:
    """Fields whose answer is another one than was sent, as somebody else changed it since the page was opened."""
    mine, now = flat(builder.cleaned.answers.to_json()), flat(saved.answers)
    return [
        {
            "name": f"a.{language}.{name}",
            "value": to_text(now.get((language, name))),
            "label": builder.words.label(name),
        }
        for language, name in {**mine, **now}
        if mine.get((language, name)) != now.get((language, name)) and name in builder.edition.by_name
    ]
