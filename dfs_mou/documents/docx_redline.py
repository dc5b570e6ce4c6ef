"""A Word file with real tracked changes between two documents of one language.

Both are drawn by the same generator into one file, paragraph by paragraph; then what is only in the old one is marked
as deleted and what is only in the new one as inserted. Rejecting all changes gives the old text, accepting all the
new. A reference that only shows another number is no change: it is a live field.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import Any

from docx import Document as open_document
from docx.oxml.ns import qn

from dfs_mou.documents.document import Document
from dfs_mou.documents.docx import Drawing
from dfs_mou.documents.docx_package import set_properties
from dfs_mou.documents.docx_styles import house_style
from dfs_mou.documents.docx_tracking import Credit, Tracker
from dfs_workflow.documents.docx_package import frozen
from dfs_workflow.documents.docx_xml import bookmark_name

FLAT = {qn("w:p"), qn("w:tbl")}


class OtherLanguage(ValueError):
    """Two texts in different languages have no changes to track."""


def render(
    before: Document,
    after: Document,
    author: str,
    at: datetime.datetime,
    look: str = "",
    credits: Mapping[str, Credit] | None = None,
    since: datetime.datetime | None = None,
) -> bytes:
    """`credits`: by the key of a clause, who changed it and when, where it isn't `author` at `at`."""
    if before.language != after.language:
        raise OtherLanguage("Changes are tracked between two texts in one language.")
    word = open_document(io.BytesIO(house_style(after.language, look)))
    first = Drawing(word, before)
    old = _drawn(word, first)
    second = Drawing(word, after, lists=first.lists)
    new = _drawn(word, second)
    section = second.out.section
    names = {str(mark.get(qn("w:name"))) for made in new for mark in made.iter(qn("w:bookmarkStart"))}
    named = {bookmark_name(key): credit for key, credit in (credits or {}).items()}
    tracker = Tracker(author=author, at=at, names=names, credits=named, since=since)
    for made in tracker.merged(old, new):
        section.addprevious(made)
    section.addprevious(_end(second))
    second.header_and_footer()
    set_properties(word, after)
    return frozen(word)


def _end(drawing: Drawing) -> Any:
    """The last paragraph of a file can't go: what was added or left out before it needs one that stays, as it is."""
    return drawing.out.paragraph("MOU Text 1", drawing.out.text("\u00a0"))


def _drawn(word: Any, drawing: Drawing) -> list[Any]:
    """The paragraphs and tables of a document, taken out of the file again."""
    drawing.cover()
    drawing.tops()
    body = word.element.body
    flat = [made for made in body.iter() if made.tag in FLAT and not _is_in_table(made)]
    for made in list(body):
        if made.tag != qn("w:sectPr"):
            body.remove(made)
    return flat


def _is_in_table(made: Any) -> bool:
    return any(above.tag == qn("w:tbl") for above in made.iterancestors())
