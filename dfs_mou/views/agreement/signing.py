"""What the parties do with a text that is final: record it as signed, keep copies, publish that it exists."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dfs_mou import actions
from dfs_mou.documents.pdf_gate import LARGEST_COPY
from dfs_mou.models import SignedCopy
from dfs_mou.views.agreement.answering import Answer, back, number, typed
from dfs_mou.views.agreement.desk import Desk
from dfs_workflow.documents.docx_gate import RefusedFile


def day(request: HttpRequest, name: str) -> date | None:
    text = typed(request, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise actions.NotAllowed(_("Write the day as year-month-day, for example 2026-09-01.")) from error


def sign(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    signed_on = day(request, "signed_on")
    if signed_on is None:
        raise actions.NotAllowed(_("Give the day of the last signature."))
    actions.conclude(
        by=request.user,
        token=desk.token,
        title=desk.text(desk.languages[0]).title,
        language=desk.languages[0],
        signed_on=signed_on,
        starts_on=day(request, "starts_on"),
        today=timezone.localdate(),
        at=timezone.now(),
    )
    return back(desk, "#signed")


def unsign(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.take_back(by=request.user, token=desk.token, at=timezone.now())
    return back(desk)


def attach(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    file = request.FILES.get("copy")
    if file is None or not file.size:
        raise RefusedFile(_("Choose the PDF of the signed document."))
    if file.size > LARGEST_COPY:
        raise RefusedFile(_("The file is larger than 10 megabytes: scan it in a lower resolution and try again."))
    name = "".join(char for char in file.name or "" if char.isprintable() and char not in '/\\"') or "signed.pdf"
    actions.attach_copy(by=request.user, token=desk.token, name=name, content=file.read(), at=timezone.now())
    return back(desk, "#signed")


def detach(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.remove_copy(by=request.user, token=desk.token, copy=number(detail), at=timezone.now())
    return back(desk, "#signed")


def fetch_copy(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    """As a download that a browser does not open in the site."""
    copy = SignedCopy.objects.filter(conclusion__agreement=desk.agreement, pk=number(detail)).first()
    if copy is None:
        raise actions.NotAllowed(_("There is no such signed copy."))
    response = HttpResponse(bytes(copy.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="signed-{copy.pk}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def consent(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.consent(by=request.user, token=desk.token, at=timezone.now())
    return back(desk, "#signed")


def withdraw(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.withdraw_consent(by=request.user, token=desk.token, at=timezone.now())
    return back(desk, "#signed")


def remind(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    email = typed(request, "email")
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise actions.NotAllowed(_("This is no e-mail address.")) from error
    actions.set_reminder(
        by=request.user, token=desk.token, email=email, language=get_language() or "en", at=timezone.now()
    )
    return back(desk, "#signed")


SIGNING = {
    "sign": sign,
    "unsign": unsign,
    "attach": attach,
    "detach": detach,
    "copy": fetch_copy,
    "consent": consent,
    "withdraw": withdraw,
    "remind": remind,
}
