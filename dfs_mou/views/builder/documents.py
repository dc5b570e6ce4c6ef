"""What the builder hands out: the whole document on a page, and as a file."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dfs_mou.documents import html
from dfs_mou.documents.document import Document
from dfs_mou.documents.pdf import PdfError, UndrawableText
from dfs_mou.documents.tree import build
from dfs_mou.exporters.files import FORMATS
from dfs_mou.views.builder.answer import refused, too_often
from dfs_mou.views.builder.steps import Builder
from dfs_mou.views.limits import is_too_often

logger = logging.getLogger(__name__)
OFFERED = ("docx", "pdf", "html")


def document_of(builder: Builder, language: str) -> Document:
    return build(
        builder.edition,
        builder.cleaned.answers,
        language=language if language in builder.state.languages else builder.state.languages[0],
        date=timezone.localdate(),
        keep=builder.state.keep,
    )


def document_page(
    request: HttpRequest, builder: Builder, language: str, undrawable: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """`undrawable`: the variables that kept a PDF from being made, each with a character that it can't show."""
    document = document_of(builder, language)
    context = builder.frame("preview") | {
        "document": html.fragment(document, heading_level=2),
        "document_language": document.language,
        "missing": len(document.blanks),
        "undrawable": [(builder.words.label(name), character) for name, character in undrawable],
        "formats": [(name, FORMATS[name].name) for name in OFFERED],
    }
    status = 422 if undrawable else 200
    response = render(request, "dfs_mou/builder/preview.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def download(request: HttpRequest, builder: Builder, detail: str) -> HttpResponse:
    name, _separator, language = detail.partition(".")
    chosen = FORMATS.get(name)
    if chosen is None:
        return refused(request, _("There is no such format."), 400)
    if language and language not in builder.state.languages:
        return refused(request, _("This document has not been drafted in that language."), 400)
    if is_too_often(request, "document"):
        return too_often(request)
    document = document_of(builder, language)
    try:
        content = chosen.render(document)
    except UndrawableText as error:
        return document_page(request, builder, language, error.found)
    except PdfError as error:
        logger.error("A PDF was not made: %s", error)
        return refused(request, _("The PDF could not be made. Take the Word file, or try again later."), 500)
    response = HttpResponse(content, content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="mou-{document.language}.{chosen.extension}"'
    response["Cache-Control"] = "no-store"
    return response
