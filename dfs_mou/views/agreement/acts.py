"""What the buttons on the page of an agreement do: each calls one action, or hands out one file."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dfs_mou import actions, query
from dfs_mou.documents import docx
from dfs_mou.documents.comparison import Change, Kind, clause_text
from dfs_mou.documents.tree import UnknownLanguage
from dfs_mou.documents.wording import Wording, keeping
from dfs_mou.exporters import files
from dfs_mou.exporters.editions import current_edition
from dfs_mou.exporters.files import FORMATS
from dfs_mou.views.agreement.answering import Answer, as_file, back, number, typed
from dfs_mou.views.agreement.desk import Desk
from dfs_mou.views.agreement.look import LOOK
from dfs_mou.views.agreement.membership import MEMBERSHIP
from dfs_mou.views.agreement.signing import SIGNING
from dfs_mou.views.builder.answer import refused
from dfs_workflow.documents.docx_gate import LARGEST_UPLOAD, RefusedFile
from dfs_workflow.documents.not_made import NotMade


def typed_name(request: HttpRequest) -> str:
    return typed(request, "name")[:120]


def invite(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    name = typed_name(request)
    if not name:
        raise actions.NotAllowed(_("Write who is invited: every answer will bear this name."))
    token = actions.invite_party(by=request.user, token=desk.token, name=name, at=timezone.now())
    link = request.build_absolute_uri(reverse("dfs_mou:room", args=[token]))
    return {"invited": name, "invited_link": link}


def name(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    """Without a name nothing happens: this is also the button that Enter presses, in any field of the page."""
    if name := typed_name(request):
        actions.name_party(by=request.user, token=desk.token, name=name, at=timezone.now())
    return back(desk)


def stay(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    """What Enter presses where nothing can be named any more: nothing happens."""
    return back(desk)


def remove(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.remove_party(by=request.user, token=desk.token, party=number(detail), at=timezone.now())
    return back(desk)


def restore(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.restore_version(by=request.user, token=desk.token, number=number(detail), at=timezone.now())
    return back(desk, "#versions")


def undo(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.undo(by=request.user, token=desk.token, at=timezone.now())
    return back(desk, "#versions")


def duplicate(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    token = actions.duplicate_agreement(by=request.user, token=desk.token, at=timezone.now())
    return redirect("dfs_mou:resume", token=token)


def newer(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    """What is not taken over keeps its wording of now, in every language of the agreement."""
    current = current_edition(desk.edition.template)
    if current is None:
        raise actions.NotAllowed(_("The model MOU has not been published yet."))
    taken = set(request.POST.getlist("take"))
    wording = Wording.from_json(desk.agreement.wording).without_changed(taken)
    for language in desk.languages:
        found = desk.newer(language)
        left = [change for change in found[1] if change.key not in taken] if found else []
        wording = keeping(wording, left, desk.text(language))
    actions.adopt_edition(
        by=request.user, token=desk.token, edition=current[0], wording=wording.to_json(), at=timezone.now()
    )
    return back(desk, "#clauses")


def agree(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.agree(by=request.user, token=desk.token, seen=detail, at=timezone.now())
    return back(desk)


def reopen(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.reopen(by=request.user, token=desk.token, at=timezone.now())
    return back(desk)


def decide(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    status, _separator, key = detail.partition(".")
    proposal = next((row for row in desk.open_proposals if row.pk == number(key)), None)
    if proposal is None:
        raise actions.NotAllowed(_("This proposal has been decided already."))
    current, into = desk.current_text(proposal)
    actions.decide_proposal(
        by=request.user,
        token=desk.token,
        proposal=proposal.pk,
        status=status,
        current=current,
        into=into,
        at=timezone.now(),
    )
    return back(desk, "#proposals")


def upload(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    """A returned Word file: every change becomes a proposal for its clause."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise RefusedFile(_("Choose the Word file that came back."))
    if file.size > LARGEST_UPLOAD:
        raise RefusedFile(_("The file is larger than 10 megabytes: remove pictures and try again."))
    language = desk.language(request.POST.get("language", ""))
    others = [desk.text(code) for code in desk.languages if code != language]
    changes = files.returned_changes(desk.text(language), file.read(), others)
    found = [change for change in changes if _can_be_proposed(change)]
    moved = [change for change in changes if change.kind is Kind.MOVED]
    with transaction.atomic():
        _propose(request, desk, language, found, _("From a returned file"))
        for change in moved:
            _propose(request, desk, language, [_commented(desk, language, change)], _moved(change))
    return {"uploaded": len(found) + len(moved)}


def _propose(request: HttpRequest, desk: Desk, language: str, changes: list[Change], comment: str) -> None:
    actions.propose(
        by=request.user, token=desk.token, language=language, changes=changes, comment=comment, at=timezone.now()
    )


def _can_be_proposed(change: Change) -> bool:
    return change.kind is not Kind.MOVED and (change.kind is not Kind.ADDED or bool(change.key))


def _commented(desk: Desk, language: str, change: Change) -> Change:
    """Other words, or an order of its own, would make it another clause: its move is a comment to talk about."""
    clause = desk.find(language, change.key)
    text = clause_text(clause) if clause else ""
    return Change(Kind.CHANGED, change.key, text, text)


def _moved(change: Change) -> str:
    advice = _("Clauses keep their order here: to move one, propose to leave it out and to add it in the other place.")
    if not change.after:
        return f"{_('In the returned file this stands first.')} {advice}"
    return f"{_('In the returned file this stands after “%(clause)s”.') % {'clause': change.after[:120]}} {advice}"


def download(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    name, _separator, language = detail.partition(".")
    chosen = FORMATS.get(name)
    if chosen is None:
        return refused(request, _("There is no such format."), 400)
    document = desk.text(desk.language(language))
    try:
        content = files.render(document, name, query.look_of(desk.agreement))
    except NotMade as error:
        return refused(request, str(error), 422)
    return as_file(content, chosen.content_type, f"mou-{document.language}.{chosen.extension}")


def pack(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    """All files in one, which takes a while: the worker makes it, and the page tells how far it is."""
    actions.ask_for_pack(
        by=request.user, token=desk.token, day=desk.day, is_draft=not desk.is_sealed, at=timezone.now()
    )
    return back(desk, "#files")


def packed(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    content = desk.pack and desk.pack.content
    if not content:
        raise actions.NotAllowed(_("These files are not there any more: ask for them anew."))
    return as_file(bytes(content), "application/zip", "mou.zip")


def redline(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    """Against the template, or against an earlier version of this agreement."""
    against, _separator, language = detail.partition(".")
    language = desk.language(language)
    version = next((row for row in desk.versions if row.number == number(against)), None)
    if version is None and against != "template":
        raise actions.NotAllowed(_("There is no such version."))
    try:
        before = desk.version_text(version, language) if version else desk.template_text(language)
    except UnknownLanguage:
        return refused(request, _("This document has not been drafted in that language."), 400)
    after, agreement = desk.text(language), desk.agreement
    content = files.redline(
        before,
        after,
        author=(desk.versions[-1].by_name if desk.versions else "") or "–",
        at=agreement.saved_at,
        look=query.look_of(agreement),
        credits=desk.credits(before, after, version.saved_at if version else agreement.created_at),
        since=agreement.created_at,
    )
    return as_file(content, docx.CONTENT_TYPE, f"mou-changes-{language}.docx")


ACTS: dict[str, Callable[[HttpRequest, Desk, str], Answer]] = {
    "invite": invite,
    "name": name,
    "stay": stay,
    "remove": remove,
    "restore": restore,
    "undo": undo,
    "duplicate": duplicate,
    "newer": newer,
    "agree": agree,
    "reopen": reopen,
    "decide": decide,
    "upload": upload,
    "download": download,
    "pack": pack,
    "packed": packed,
    "redline": redline,
    **LOOK,
    **SIGNING,
    **MEMBERSHIP,
}
