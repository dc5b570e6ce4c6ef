"""One clause of an agreement: what it says, what the template says, and other wording for it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dfs_mou import actions
from dfs_mou.documents.comparison import Change, Kind, clause_text, is_plain, notices_of
from dfs_mou.documents.document import Clause
from dfs_mou.documents.wording import is_lacking
from dfs_mou.models import ClauseProposal
from dfs_mou.views.agreement.answering import number, typed
from dfs_mou.views.agreement.desk import Desk
from dfs_mou.views.agreement.opening import with_desk
from dfs_mou.views.csrf import csrf_by_secret
from dfs_workflow.redline import compare

LONGEST_WORDING = 20_000  # characters, or so many more than the clause has
DECIDED_AT_ONCE = 10  # each is compared where it is shown


@csrf_by_secret
@require_http_methods(["GET", "HEAD", "POST"])
@with_desk
def clause(request: HttpRequest, desk: Desk, language: str, key: str) -> HttpResponse:
    top = (
        next((top for top in desk.text(language).tops if top.key == key), None) if language in desk.languages else None
    )
    if top is None:
        raise Http404
    if request.method == "POST":
        propose(request, desk, language, top)
        return redirect(reverse("dfs_mou:clause", args=[desk.token, language, key]))
    template = {part.key: clause_text(part) for part in desk.template_text(language).walk()}
    keys = [part.key for part in top.walk()]
    decided = desk.decided(request.GET.get("page", ""), DECIDED_AT_ONCE, language=language, key__in=keys)
    shown = [*(row for row in desk.open_proposals if row.language == language), *decided]
    context = {
        "desk": desk,
        "language": language,
        "direction": desk.text(language).labels.direction,
        "top": top,
        "parts": [part_row(desk, part, language, template, shown) for part in top.walk()],
        "decided": decided,
        "room": reverse("dfs_mou:room", args=[desk.token]),
    }
    return render(request, "dfs_mou/agreement/clause.html", context)


def part_row(
    desk: Desk, part: Clause, language: str, template: dict[str, str], shown: list[ClauseProposal]
) -> dict[str, Any]:
    text = clause_text(part)
    original = template.get(part.key, "")
    return {
        "key": part.key,
        "label": part.label,
        "text": text,
        "offered": "" if is_lacking(text, language) else text,
        "notices": notices_of(part),
        "is_plain": is_plain(part),
        "deviates": compare(original, text, language) if original != text else None,
        "proposals": [
            {"row": row, "found": compare(row.before, row.after, language), "is_own": row.by_party_id == desk.party.pk}
            for row in shown
            if row.key == part.key
        ],
    }


def propose(request: HttpRequest, desk: Desk, language: str, top: Clause) -> None:
    part = next((part for part in top.walk() if part.key == request.POST.get("key")), None)
    if part is None:
        raise actions.NotAllowed(_("This clause is no longer part of the agreement."))
    text, comment = clause_text(part), typed(request, "comment", lines=True)
    kind = request.POST.get("kind", Kind.CHANGED)
    if kind == Kind.DROPPED:
        change = Change(Kind.DROPPED, part.key, text, "")
    elif kind == Kind.ADDED:
        change = Change(Kind.ADDED, part.key, "", typed(request, "added", lines=True, longest=LONGEST_WORDING))
    else:
        longest = len(text) + LONGEST_WORDING
        after = typed(request, "text", lines=True, longest=longest) if is_plain(part) else text
        after = after or (text if is_lacking(text, language) else "")  # only a comment
        change = Change(Kind.CHANGED, part.key, text, after)
    if change.before == change.after and not comment:
        raise actions.NotAllowed(_("Write other wording or a comment."))
    answered = number(request.POST.get("counter_to", ""))
    actions.propose(
        by=request.user,
        token=desk.token,
        language=language,
        changes=[change],
        comment=comment,
        at=timezone.now(),
        counter_to=answered or None,
    )
