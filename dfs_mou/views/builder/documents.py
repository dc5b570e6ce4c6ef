"""What the builder hands out: the whole document on a page, and as a file."""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dfs_mou.documents import bilingual_html, html
from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.documents.document import Document
from dfs_mou.documents.pdf import undrawn
from dfs_mou.documents.tree import build
from dfs_mou.exporters import answers_files
from dfs_mou.exporters.files import FORMATS, NoPair
from dfs_mou.exporters.files import render as write
from dfs_mou.views.builder.answer import refused, too_often
from dfs_mou.views.builder.fields import language_name
from dfs_mou.views.builder.steps import Builder
from dfs_mou.views.limits import is_too_often
from dfs_workflow.documents.not_made import NotMade

logger = logging.getLogger(__name__)
OFFERED = ("docx", "pdf", "odt", "html", "md", "akn")


PAIR = "+"  # between two languages: both texts side by side


def document_of(builder: Builder, language: str) -> Document | Bilingual:
    texts = texts_of(builder)
    known = [code for code in language.split(PAIR)[:2] if code in texts]
    documents = [texts[code] for code in known or builder.state.languages[:1]]
    return Bilingual(*documents) if len(set(known)) == 2 else documents[0]


def texts_of(builder: Builder) -> dict[str, Document]:
    """Final as long as every text is the very one that was marked; a draft of today otherwise.

    In an agreement with others that mark counts for nothing: its own page hands out the text that all agreed to.
    """
    date, _separator, sha256 = builder.state.final.partition(":")
    if sha256 and not builder.is_shared:
        sealed = _texts(builder, _date(date), is_draft=False)
        if hash_of(sealed.values()) == sha256:
            return sealed
    return _texts(builder, timezone.localdate(), is_draft=True)


def seal(builder: Builder) -> str:
    today = timezone.localdate()
    return f"{today.isoformat()}:{hash_of(_texts(builder, today, is_draft=False).values())}"


def hash_of(documents: Iterable[Document]) -> str:
    return hashlib.sha256("\n".join(document.sha256 for document in documents).encode()).hexdigest()


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


def _texts(builder: Builder, date: datetime.date, *, is_draft: bool) -> dict[str, Document]:
    return {code: text_of(builder, code, date, is_draft=is_draft) for code in builder.state.languages}


def text_of(builder: Builder, language: str, date: datetime.date, *, is_draft: bool = True) -> Document:
    return build(
        builder.edition,
        builder.cleaned.answers,
        language=language,
        date=date,
        keep=builder.state.keep,
        is_draft=is_draft,
        wording=builder.wording,
    )


def document_page(request: HttpRequest, builder: Builder, language: str) -> HttpResponse:
    document = document_of(builder, language)
    is_pair = isinstance(document, Bilingual)
    shown = document.first if is_pair else document
    context = builder.frame("preview") | {
        "document": (bilingual_html if is_pair else html).fragment(document, heading_level=2),  # type: ignore[attr-defined]
        "document_language": _code(document),
        "missing": len(document.blanks),
        "undrawn": [(builder.words.label(name), characters) for name, characters in undrawn(document)],
        "formats": [(name, FORMATS[name].name) for name in OFFERED if not is_pair or FORMATS[name].render_pair],
        "pairs": [
            (f"{shown.language}{PAIR}{code}", language_name(shown.language), language_name(code))
            for code in builder.state.languages
            if code != shown.language
        ],
        "is_final": not shown.is_draft,
        "is_shared": builder.is_shared,
    }
    response = render(request, "dfs_mou/builder/preview.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _code(document: Document | Bilingual) -> str:
    return (
        PAIR.join(part.language for part in document.documents)
        if isinstance(document, Bilingual)
        else document.language
    )


def answers_file(request: HttpRequest, builder: Builder, kind: str) -> HttpResponse:
    """The answers as a file for the drafter alone: nothing is stored."""
    answers, keep = builder.cleaned.answers, builder.state.keep
    if kind == "xlsx":
        language = builder.words.language
        content = answers_files.as_xlsx(builder.edition, answers, keep, builder.state.languages, language)
    else:
        kind, content = "json", answers_files.as_json(builder.edition, answers, keep)
    content_type = answers_files.XLSX_TYPE if kind == "xlsx" else answers_files.JSON_TYPE
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="mou-answers.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def download(request: HttpRequest, builder: Builder, detail: str) -> HttpResponse:
    name, _separator, language = detail.partition(".")
    if name not in FORMATS:
        return refused(request, _("There is no such format."), 400)
    if any(code not in builder.state.languages for code in language.split(PAIR) if language):
        return refused(request, _("This document has not been drafted in that language."), 400)
    if is_too_often(request, "document"):
        return too_often(request)
    document = document_of(builder, language)
    try:
        content = write(document, name, builder.look)
    except NoPair:
        return refused(request, _("This format has no two columns: take Word, PDF or HTML, or one language."), 400)
    except NotMade as error:
        logger.error("A file was not made: %s", error)
        return refused(request, _("The file could not be made. Take another format, or try again later."), 500)
    chosen = FORMATS[name]
    response = HttpResponse(content, content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="mou-{document.language}.{chosen.extension}"'
    response["Cache-Control"] = "no-store"
    return response
