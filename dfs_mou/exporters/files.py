"""One document in one format, as a file; in two languages side by side where the format can.

Word, OpenDocument and PDF files are made in processes of their own. What was made is kept for a minute in the memory
of this process: who asks for the same text in the same format again, gets the same file. Deleting an agreement forgets
all of them at once.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dfs_mou import query
from dfs_mou.documents import (
    akoma,
    bilingual_docx,
    bilingual_html,
    docx,
    docx_redline,
    docx_styles,
    html,
    markdown,
    odt,
    pdf,
    returned,
)
from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.documents.cleaning import UNPRINTABLE
from dfs_mou.documents.comparison import Change
from dfs_mou.documents.document import Document
from dfs_mou.documents.docx_tracking import Credit
from dfs_workflow.documents.brief_memory import BriefMemory
from dfs_workflow.documents.child_process import children
from dfs_workflow.documents.read_apart import read_apart

made_files = BriefMemory(seconds=60, largest=32 * 1024**2)


@dataclass(frozen=True)
class Format:
    """`is_word`: takes the house style."""

    name: str
    content_type: str
    extension: str
    render: Callable[[Document], bytes]
    render_pair: Callable[[Bilingual], bytes] | None = None
    is_word: bool = False


def _json(document: Document | Bilingual) -> bytes:
    return json.dumps(document.to_json(), ensure_ascii=False, indent=1).encode()


def _html(document: Document) -> bytes:
    return html.page(document).encode()


def _html_pair(pair: Bilingual) -> bytes:
    return bilingual_html.page(pair).encode()


def _odt(document: Document) -> bytes:
    return children.call(odt.render, document)


FORMATS = {
    "json": Format("JSON", "application/json", "json", _json, _json),
    "html": Format("HTML", "text/html; charset=utf-8", "html", _html, _html_pair),
    "docx": Format("Word (DOCX)", docx.CONTENT_TYPE, "docx", docx.render, bilingual_docx.render, is_word=True),
    "pdf": Format("PDF", pdf.CONTENT_TYPE, "pdf", pdf.render, pdf.render_bilingual),
    "odt": Format("OpenDocument (ODT)", odt.CONTENT_TYPE, "odt", _odt),
    "md": Format("Markdown", markdown.CONTENT_TYPE, "md", markdown.render),
    "akn": Format("Akoma Ntoso (XML)", akoma.CONTENT_TYPE, "xml", akoma.render),
}


def render(document: Document | Bilingual, name: str, look: str | None = None) -> bytes:
    """`look`: of a Word file, where it isn't that of the site.

    `NoPair` where a format has no two columns, `NotMade` where the file could not be made.
    """
    chosen = FORMATS[name]
    draw: Callable[[Any], bytes] | None = chosen.render if isinstance(document, Document) else chosen.render_pair
    if draw is None:
        raise NoPair(f"{chosen.name} has no two columns: ask for docx, pdf or html, or for one language.")
    look = (query.look_in_force() if look is None else look) if chosen.is_word else ""
    key = _key(document, name, look)
    made = made_files.get(key)
    if made is None:
        made = in_word(draw, document, look) if chosen.is_word else draw(document)
        made_files.keep(key, made)
    return made


def redline(
    before: Document,
    after: Document,
    *,
    author: str,
    at: datetime.datetime,
    look: str | None = None,
    credits: Mapping[str, Credit] | None = None,
    since: datetime.datetime | None = None,
) -> bytes:
    """`credits`: by clause, who changed it and when, if not `author` at `at`. Nothing is dated before `since`."""
    look = query.look_in_force() if look is None else look
    styled = (docx_styles.house_style, after.language, look)
    spoken = {key: (UNPRINTABLE.sub("", name), day) for key, (name, day) in (credits or {}).items()}
    arguments = (before, after, UNPRINTABLE.sub("", author), at, look, spoken, since)
    return children.call(docx_redline.render, *arguments, first=styled)


def returned_changes(sent: Document, file: bytes, others: Sequence[Document] = ()) -> list[Change]:
    """What a Word file that came back changes, read in a process of its own; `RefusedFile` for what isn't let in.

    `others`: the same text in other languages, of one of which the file may be.
    """
    styled = (docx_styles.house_style, sent.language, "")
    return [Change.from_json(row) for row in read_apart(returned.changes_as_json, sent, file, others, first=styled)]


def in_word(draw: Callable[..., bytes], document: Document | Bilingual, look: str) -> bytes:
    """In a process of its own, which finds the styles of the language ready."""
    one = document if isinstance(document, Document) else document.documents[document.sides[0]]
    return children.call(draw, document, look, first=(docx_styles.house_style, one.language, look))


def _key(document: Document | Bilingual, name: str, look: str) -> str:
    """All that goes into the file: what is printed, and the answers that some formats carry as data."""
    texts = (document,) if isinstance(document, Document) else document.documents
    parts = [name, look, document.sha256, *(json.dumps(text.source, sort_keys=True, default=str) for text in texts)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class NoPair(ValueError):
    """Two languages were asked for in a format with one column."""
