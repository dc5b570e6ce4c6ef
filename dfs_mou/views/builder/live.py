"""The document beside the form, drawn again while somebody answers: nothing is stored, only changes are sent."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dfs_mou.documents.comparison import clause_text
from dfs_mou.documents.document import Document
from dfs_mou.documents.html import Drawing
from dfs_mou.views.builder.documents import text_of
from dfs_mou.views.builder.steps import Builder
from dfs_mou.views.limits import is_too_often
from dfs_mou.views.words import listed_apart, quoted

PER_DOCUMENT = 5  # how many previews weigh as much as one document
MOST_NAMED = 3
Known = dict[str, tuple[str, str]]


def live(request: HttpRequest, builder: Builder, asked: str) -> HttpResponse:
    """`have`: the language on the screen, then for each clause there its key, and digests of its HTML and its words."""
    if is_too_often(request, "live", PER_DOCUMENT):
        return JsonResponse({}, status=429)
    language = asked if asked in builder.state.languages else _language(builder)
    document = text_of(builder, language, timezone.localdate())
    shown, _separator, rows = request.POST.get("have", "").partition(" ")
    known = known_of(rows) if shown == language else {}
    parts = [_part(key, drawn, words, known) for key, drawn, words in drawings(document)]
    response = JsonResponse(
        {
            "language": language,
            "lang": document.labels.tag,
            "dir": document.labels.direction,
            "parts": parts,
            "said": said(builder, document, parts, known),
        }
    )
    response["Cache-Control"] = "no-store"
    return response


def _language(builder: Builder) -> str:
    languages = builder.state.languages
    return builder.words.language if builder.words.language in languages else languages[0]


def known_of(rows: str) -> Known:
    found = (row.split(":") for row in rows.split(" "))
    return {row[0]: (row[1], row[2]) for row in found if len(row) == 3}


def drawings(document: Document) -> list[tuple[str, str, str]]:
    """Key, HTML and words of each clause. Numbers are no words: a clause that only moved has not changed."""
    words = {top.key: "\n".join(clause_text(part) for part in top.walk()) for top in document.tops}
    drawn = Drawing(document, heading_level=2, prefix="live-").sections()
    return [(key, html, words.get(key, html)) for key, html in drawn]


def _part(key: str, html: str, words: str, known: Known) -> dict[str, Any]:
    before, digests = known.get(key), (_digest(html), _digest(words))
    part: dict[str, Any] = {"key": key, "has": ":".join((key, *digests))}
    if before is None or before[0] != digests[0]:
        part["html"] = html
        part["fresh"] = bool(known) and (before is None or before[1] != digests[1])
    return part


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()


def said(builder: Builder, document: Document, parts: list[dict[str, Any]], known: Known) -> str:
    """One sentence for eyes and ears: what the last answers did to the document."""
    titles = {top.key: top.title for top in document.tops}
    here = {part["key"] for part in parts}
    names = [titles.get(part["key"]) or document.title for part in parts if part.get("fresh")]
    names += [builder.words.clause(key) for key in known if key not in here and key in builder.edition.by_key]
    sentences = []
    if builder.errors:
        sentences.append(_("Answers that need attention are left out of the preview."))
    if 0 < len(names) <= MOST_NAMED:
        sentences.append(_("Changed: %(clauses)s.") % {"clauses": listed_apart(quoted(name) for name in names)})
    elif names:
        words = ngettext("%(count)s clause has changed.", "%(count)s clauses have changed.", len(names))
        sentences.append(words % {"count": len(names)})
    return " ".join(sentences)
