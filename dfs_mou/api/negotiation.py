"""Comparing over HTTP: two states of an MOU, and a Word file that came back. Nothing is stored."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router
from ninja.errors import HttpError, ValidationError
from ninja.files import UploadedFile
from pydantic import ValidationError as WrongShape

from dfs_mou.api.answers import clean_exactly
from dfs_mou.api.routes import as_row, kept, known_language, the_edition, wrong
from dfs_mou.api.schemas import ChangesOut, CompareIn, ReturnedIn, VersionIn
from dfs_mou.documents import comparison, docx
from dfs_mou.documents.comparison import Change
from dfs_mou.documents.document import Document
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import build
from dfs_mou.exporters import files
from dfs_mou.exporters.editions import edition_by_hash
from dfs_mou.views.limits import is_too_often
from dfs_workflow.api import Problem
from dfs_workflow.documents.docx_gate import LARGEST_UPLOAD, RefusedFile
from dfs_workflow.documents.not_made import NotMade
from dfs_workflow.importers.yaml_source import CONTROL

router = Router(tags=["MOU"])
PROBLEMS = dict.fromkeys((404, 413, 422, 429), Problem)


@router.post("/mou/compare", response={200: ChangesOut, **PROBLEMS}, summary="Two states of an MOU compared")
def compare(request: HttpRequest, data: CompareIn) -> HttpResponse | dict[str, Any]:
    limited(request)
    if CONTROL.search(data.author):
        raise wrong(("body", "author"), "The author's name holds a character that no text has.", "control_character")
    before, after = (document(version, data.template, data.language, name, data.date) for version, name in pairs(data))
    if data.format == "json":
        return listed(comparison.changes(before, after))
    try:
        content = files.redline(before, after, author=data.author, at=timezone.now())
    except NotMade as error:
        raise HttpError(503, "The file could not be made. Try again later.") from error
    response = HttpResponse(content, content_type=docx.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="mou-changes-{data.language}.docx"'
    response["Cache-Control"] = "no-store"
    return response


@router.post(
    "/mou/returned", response={200: ChangesOut, **PROBLEMS}, summary="What was changed in a Word file that came back"
)
def returned_file(request: HttpRequest, file: File[UploadedFile], source: Form[str]) -> dict[str, Any]:
    """`source`: as JSON, the language and answers that the file was made from."""
    limited(request)
    if (file.size or 0) > LARGEST_UPLOAD:
        raise HttpError(413, "The file is larger than 10 megabytes: remove pictures and try again.")
    try:
        data = ReturnedIn(**json.loads(source))
    except (ValueError, TypeError, RecursionError, WrongShape) as error:
        raise wrong(("body", "source"), "Give language, answers and keep as a JSON object.", "not_source") from error
    version = VersionIn(answers=data.answers, keep=data.keep, edition=data.edition)
    sent = document(version, data.template, data.language, "source", None)
    try:
        return listed(files.returned_changes(sent, file.read()))
    except RefusedFile as error:
        raise wrong(("body", "file"), str(error), "refused_file") from error


def limited(request: HttpRequest) -> None:
    if is_too_often(request, "document"):
        raise HttpError(429, "Too many documents were asked for in a short time. Wait a minute.")


def pairs(data: CompareIn) -> tuple[tuple[VersionIn, str], tuple[VersionIn, str]]:
    return (data.before, "before"), (data.after, "after")


def document(version: VersionIn, template: str | None, language: str, place: str, date: Any) -> Document:
    edition = named_edition(version.edition, template, place)
    known_language(edition, language, place="body")
    cleaned = clean_exactly(edition, version.answers)
    if not cleaned.is_valid:
        raise ValidationError([as_row(error) | {"loc": ("body", place, error.name)} for error in cleaned.errors])
    keep = kept(edition, version.keep)
    return build(edition, cleaned.answers, language=language, date=date or timezone.localdate(), keep=keep)


def named_edition(sha256: str | None, template: str | None, place: str) -> Edition:
    if sha256 is None:
        return the_edition(template)[1]
    edition = edition_by_hash(sha256)
    if edition is None:
        raise wrong(
            ("body", place, "edition"), "There is no edition of the template with this hash.", "unknown_edition"
        )
    return edition


def listed(found: list[Change]) -> dict[str, Any]:
    return {"count": len(found), "items": [change.to_json() for change in found]}
