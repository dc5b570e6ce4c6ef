"""The model MOU over HTTP: the template as data, its questions, and answers turned into a document."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from ninja.errors import HttpError, ValidationError

from dfs_mou.api.answers import clean_exactly
from dfs_mou.api.schemas import (
    DocumentIn,
    DocumentOut,
    PairOut,
    QuestionsOut,
    QuestionsQuery,
    TemplateOut,
    TemplateQuery,
)
from dfs_mou.documents.answers import AnswerError, Answers
from dfs_mou.documents.bilingual import Bilingual, NotOnePair
from dfs_mou.documents.conditions import kept_by_default, variables_needed
from dfs_mou.documents.document import Document
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.pdf import undrawn
from dfs_mou.documents.tree import build
from dfs_mou.exporters.editions import current_edition
from dfs_mou.exporters.files import FORMATS, NoPair, render
from dfs_mou.models import TemplateEdition
from dfs_mou.views.limits import is_too_often
from dfs_workflow.api import Problem
from dfs_workflow.documents.not_made import NotMade

router = Router(tags=["MOU"])
LARGEST = 2_000_000  # bytes of a request: the longest answers in any script
FILE_FORMATS = [row for name, row in FORMATS.items() if name != "json"]
FILES = {row.content_type.partition(";")[0]: {"schema": {"type": "string"}} for row in FILE_FORMATS}


@router.get(
    "/mou/template",
    response={200: TemplateOut, 404: Problem, 422: Problem},
    summary="The model MOU",
    exclude_unset=True,
    by_alias=True,
)
def template(request: HttpRequest, query: Query[TemplateQuery]) -> dict[str, Any]:
    row, edition = the_edition(query.template)
    content = edition.to_json()
    if query.language is not None:
        content = only_language(content, edition, known_language(edition, query.language))
    return {**content, "sha256": row.sha256, "compiled_at": row.created_at}


@router.get(
    "/mou/questions", response={200: QuestionsOut, 404: Problem, 422: Problem}, summary="The questions of the model MOU"
)
def questions(request: HttpRequest, query: Query[QuestionsQuery]) -> dict[str, Any]:
    """`needed=true`: only those that a document with the usual answers and clauses asks for."""
    _row, edition = the_edition(query.template)
    if query.group is not None and query.group not in {row.key for row in edition.groups}:
        raise wrong(("query", "group"), "There is no such group of questions.", "unknown_group")
    names = {need.variable.name for need in variables_needed(edition, Answers())}
    rows = [
        {**variable.to_json(), "needed": variable.name in names}
        for variable in edition.variables
        if query.group in (None, variable.group) and (not query.needed or variable.name in names)
    ]
    if query.language is not None:
        rows = only_language(rows, edition, known_language(edition, query.language))
    items = rows[query.offset : query.offset + query.limit]
    return {"count": len(rows), "limit": query.limit, "offset": query.offset, "items": items}


@router.post(
    "/mou/documents",
    response={200: DocumentOut | PairOut, 404: Problem, 413: Problem, 422: Problem, 429: Problem},
    summary="Answers into a document: its tree, HTML, Word, PDF, OpenDocument, Markdown or Akoma Ntoso",
    openapi_extra={"responses": {200: {"content": FILES}}},
)
def documents(request: HttpRequest, data: DocumentIn) -> HttpResponse:
    """In a PDF, `[U+1200]` stands for a character that its fonts lack; `Characters-Not-Drawn` lists such numbers."""
    if len(request.body) > LARGEST:
        raise HttpError(413, "The answers are larger than 2 megabytes.")
    if is_too_often(request, "document"):
        raise HttpError(429, "Too many documents were asked for in a short time. Wait a minute.")
    _row, edition = the_edition(data.template)
    known_language(edition, data.language, place="body")
    cleaned = clean_exactly(edition, data.answers)
    if not cleaned.is_valid:
        raise ValidationError([as_row(error) for error in cleaned.errors])
    document = document_of(edition, cleaned.answers, data)
    content = content_of(document, data)
    chosen = FORMATS[data.format]
    response = HttpResponse(content, content_type=chosen.content_type)
    response["Cache-Control"] = "no-store"
    if data.format == "pdf" and (numbers := sorted({ord(one) for _name, text in undrawn(document) for one in text})):
        response["Characters-Not-Drawn"] = " ".join(f"U+{number:04X}" for number in numbers[:100])
    if data.format != "json":
        response["Content-Disposition"] = f'attachment; filename="mou-{document.language}.{chosen.extension}"'
    return response


def document_of(edition: Edition, answers: Answers, data: DocumentIn) -> Document | Bilingual:
    keep = kept(edition, data.keep)
    date = data.date or timezone.localdate()

    def one(language: str) -> Document:
        return build(edition, answers, language=language, date=date, keep=keep, is_draft=data.is_draft)

    if data.beside is None:
        return one(data.language)
    try:
        return Bilingual(one(data.language), one(known_language(edition, data.beside, place="body")))
    except NotOnePair as error:
        raise wrong(("body", "beside"), "The second language must be another one.", "same_language") from error


def content_of(document: Document | Bilingual, data: DocumentIn) -> bytes:
    try:
        return render(document, data.format)
    except NoPair as error:
        raise wrong(("body", "format"), str(error), "no_columns") from error
    except NotMade as error:
        raise HttpError(503, "The file could not be made. Ask for another format, or try again later.") from error


def the_edition(template: str | None = None) -> tuple[TemplateEdition, Edition]:
    current = current_edition(template or "")
    if current is None:
        raise Http404
    return current


def kept(edition: Edition, keep: list[str] | None) -> list[str] | None:
    """Refuses what is not an optional clause, so that a slip can't silently leave a clause out."""
    if keep is None:
        return None
    optional = {node.key for node in edition.nodes() if node.kind == "optional"} | kept_by_default(edition)
    for index, key in enumerate(keep):
        if key not in optional:
            raise wrong(("body", "keep", str(index)), "There is no such optional clause.", "unknown_clause")
    return keep


def known_language(
    edition: Edition, language: str, place: Literal["query", "body"] = "query", name: str = "language"
) -> str:
    if language not in edition.languages:
        raise wrong((place, name), "The model text does not exist in this language.", "unknown_language")
    return language


def only_language(data: Any, edition: Edition, language: str) -> Any:
    """Texts are objects with one entry for each language; the other languages are left out of them."""
    if isinstance(data, list):
        return [only_language(row, edition, language) for row in data]
    if not isinstance(data, dict):
        return data
    if data and set(data) <= set(edition.languages):
        return {language: data[language]} if language in data else {}
    chosen = {name: only_language(value, edition, language) for name, value in data.items()}
    return chosen | ({"languages": [language]} if "languages" in data else {})


def wrong(place: tuple[str, ...], message: str, code: str) -> ValidationError:
    return ValidationError([{"loc": place, "msg": message, "type": code}])


def as_row(error: AnswerError) -> dict[str, Any]:
    part = ("common",) if error.language is None else ("values", error.language)
    return {"loc": ("body", "answers", *part, error.name), "msg": str(error.message), "type": error.code}
