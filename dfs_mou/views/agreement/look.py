"""The look of the Word files of an agreement: the house style of an authority, taken from a Word file of theirs."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from dfs_mou import actions, query
from dfs_mou.documents import docx, house_sample
from dfs_mou.views.agreement.answering import Answer, as_file, back
from dfs_mou.views.agreement.desk import Desk
from dfs_workflow.documents.docx_gate import LARGEST_UPLOAD, RefusedFile


def choose(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    file = request.FILES.get("look")
    if file is None or not file.size:
        raise RefusedFile(_("Choose a Word file."))
    if file.size > LARGEST_UPLOAD:
        raise RefusedFile(_("The file is larger than 10 megabytes: remove pictures and try again."))
    name = "".join(char for char in file.name or "" if char.isprintable())
    actions.choose_look(by=request.user, token=desk.token, data=file.read(), name=name, at=timezone.now())
    return back(desk, "#files")


def go_back(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    actions.choose_look(by=request.user, token=desk.token, data=None, name="", at=timezone.now())
    return back(desk, "#files")


def sample(request: HttpRequest, desk: Desk, detail: str) -> Answer:
    """One line in each style, to begin with."""
    return as_file(house_sample.render(query.look_of(desk.agreement)), docx.CONTENT_TYPE, "house-style.docx")


LOOK = {"look": choose, "look_of_site": go_back, "look_sample": sample}
