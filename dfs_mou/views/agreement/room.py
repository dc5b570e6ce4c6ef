"""The page of an agreement: parties, what is open and agreed, versions, deviations, files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dfs_mou import query
from dfs_mou.documents.comparison import Change
from dfs_mou.documents.edition import Edition
from dfs_mou.exporters.files import FORMATS
from dfs_mou.models import ClauseProposal
from dfs_mou.views.agreement.acts import ACTS
from dfs_mou.views.agreement.desk import Desk
from dfs_mou.views.agreement.opening import with_desk
from dfs_mou.views.builder.answer import refused
from dfs_mou.views.builder.fields import language_name
from dfs_mou.views.csrf import csrf_by_secret
from dfs_mou.views.words import listed_apart
from dfs_workflow.redline import compare

MOST_SHOWN = 30  # versions in the list
DECIDED_AT_ONCE = 25
EXCERPT, LEAD = 120, 30  # characters of a proposal in the list, and those of them before its change


@csrf_by_secret
@require_http_methods(["GET", "HEAD", "POST"])
@with_desk
def room(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return page(request, desk)
    act, _separator, detail = request.POST.get("go", "").partition(".")
    if act not in ACTS:
        return refused(request, _("This form can't be read any more. Begin again from the first page."), 400)
    answer = ACTS[act](request, desk, detail)
    if isinstance(answer, HttpResponse):
        return answer
    return page(request, Desk(desk.token, desk.party, desk.words.language, request.user), **answer)


def page(request: HttpRequest, desk: Desk, **more: Any) -> HttpResponse:
    language = desk.language(request.GET.get("language", "") or request.POST.get("language", ""))
    newer, deviations = desk.newer(language), desk.deviations(language)
    decided = desk.decided(request.GET.get("page", ""), DECIDED_AT_ONCE)
    context = {
        "desk": desk,
        "language": language,
        "languages": [(code, language_name(code)) for code in desk.languages],
        "formats": [(name, row.name) for name, row in FORMATS.items() if name != "json"],
        "clauses": clause_rows(desk, language, {change.key for change in deviations}),
        "deviations": [change_row(desk, change, language) for change in deviations],
        "newer": newer and newer[0].version,
        "newer_changes": newer_rows(desk, newer[0], language) if newer else [],
        "open_rows": proposal_rows(desk, desk.open_proposals, language),
        "decided_rows": proposal_rows(desk, decided, language),
        "decided": decided,
        "chosen": {"language": language},
        "versions": desk.versions[: -MOST_SHOWN - 1 : -1],
        "authors": author_rows(desk),
        "resume": reverse("dfs_mou:resume", args=[desk.token]),
    }
    return render(request, "dfs_mou/agreement/room.html", context | more)


def clause_rows(desk: Desk, language: str, deviating: set[str]) -> list[dict[str, Any]]:
    """The clauses of the agreement, and how the talks about each stand."""
    open_keys = [row.key for row in desk.open_proposals if row.language == language]
    agreed, uneven = desk.agreed_keys(), desk.uneven
    rows = []
    for top in desk.text(language).tops:
        keys = {clause.key for clause in top.walk()}
        spoken = dict.fromkeys(code for key in keys for code in uneven.get(key, ()))
        rows.append(
            {
                "key": top.key,
                "heading": top.heading,
                "open": sum(key in keys for key in open_keys),
                "is_agreed": bool(agreed & keys),
                "deviates": bool(deviating & keys),
                "only_in": listed_apart([language_name(code) for code in spoken]),
            }
        )
    return rows


def proposal_rows(desk: Desk, proposals: Iterable[ClauseProposal], language: str) -> list[dict[str, Any]]:
    """Each with where its two texts part, and the page of its clause."""
    tops = {clause.key: top.key for top in desk.text(language).tops for clause in top.walk()}
    rows = []
    for row in proposals:
        url = ""
        if row.key in tops and row.language in desk.languages:
            url = f"{reverse('dfs_mou:clause', args=[desk.token, row.language, tops[row.key]])}#{row.key}"
        before, after = excerpts(row.before, row.after)
        rows.append({"row": row, "url": url, "before": before, "after": after})
    return rows


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Both from a few words before the place where they part; a comment has one text, the one that it is about."""
    if before == after:
        return Truncator(before).chars(EXCERPT), ""
    parting = len(os.path.commonprefix([before, after]))
    start = max(parting - LEAD, 0)
    start = before.find(" ", start, parting) + 1 or start if start else 0
    dots = "…" if start else ""
    one, other = (f"{dots}{text[start:]}" if text else "" for text in (before, after))
    return Truncator(one).chars(EXCERPT), Truncator(other).chars(EXCERPT)


def change_row(desk: Desk, change: Change, language: str) -> dict[str, Any]:
    tops = {clause.key: top.heading for top in desk.text(language).tops for clause in top.walk()}
    return {
        "kind": ClauseProposal.Kind(change.kind.value).label,
        "key": change.key,
        "heading": tops.get(change.key) or change.before[:80] or change.after[:80],
        "found": compare(change.before, change.after, language),
    }


def newer_rows(desk: Desk, edition: Edition, language: str) -> list[dict[str, Any]]:
    """Each with the reason that its editors gave, in the source language where it is not translated. A clause that
    changes only in other languages of the agreement is shown in the first of them."""
    tops = {node.key: top for top in (*edition.clauses, *edition.annexes) for node in top.walk()}
    rows = []
    for key, found in changes_by_clause(desk, language).items():
        shown = next(iter(found))
        reasons = tops[key].reason if key in tops else {}
        spoken = next((code for code in (language, *edition.languages) if code in reasons), "")
        more = {
            "language": shown,
            "only_in": "" if shown == language else listed_apart(map(language_name, found)),
            "is_own": any(key in desk.own_wording(code) for code in found),
            "reason": reasons.get(spoken, ""),
            "reason_language": spoken,
        }
        rows.append(change_row(desk, found[shown], shown) | more)
    return rows


def changes_by_clause(desk: Desk, language: str) -> dict[str, dict[str, Change]]:
    """What a newer edition changes, by the clause and then by the language, this one first: one choice for all."""
    rows: dict[str, dict[str, Change]] = {}
    for code in dict.fromkeys((language, *desk.languages)):
        newer = desk.newer(code)
        for change in newer[1] if newer else ():
            rows.setdefault(change.key, {})[code] = change
    return rows


def author_rows(desk: Desk) -> list[dict[str, Any]]:
    rows = []
    for (language, name), version in query.authors_of(desk.agreement).items():
        if name in desk.edition.by_name:
            label = desk.words.label(name)
            rows.append({"label": label, "language": language, "by": version.by_name, "at": version.saved_at})
    return sorted(rows, key=lambda row: (row["at"], row["label"]), reverse=True)
