"""Which booklets there are, and how each format of one is made."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings

from dfs_pages.exporters.booklets.booklet import Booklet
from dfs_pages.exporters.booklets.docx import render_docx
from dfs_pages.exporters.booklets.epub import render_epub
from dfs_pages.exporters.booklets.frozen import frozen_booklet
from dfs_pages.exporters.booklets.live import WHOLE, live_booklet
from dfs_pages.exporters.booklets.offline import render_offline
from dfs_pages.exporters.booklets.typst import render_pdf
from dfs_pages.query import Reader, source_language
from dfs_pages.query.places import find_page
from dfs_workflow.editions.reading import frozen_editions
from dfs_workflow.models import Edition

EDITION = "e/"


ARCHIVE = "zip"  # one file for all languages


class Format(NamedTuple):
    """`render` gets the booklet in one language, that of the archive in all languages that have a text of their own."""

    content_type: str
    render: Callable[[Any], bytes]


FORMATS = {
    "pdf": Format("application/pdf", render_pdf),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_docx),
    "epub": Format("application/epub+zip", render_epub),
    ARCHIVE: Format("application/zip", render_offline),
}


def subject_of(path: str, language: str) -> Any:
    """The public page or frozen edition that a booklet is about; nothing where there is none."""
    if path.startswith(EDITION):
        return frozen_editions().filter(number=path.removeprefix(EDITION)).first()
    page = find_page(path, Reader(language))
    return page if isinstance(page, WHOLE) else None


def booklet_of(subject: Any, language: str) -> Booklet:
    return frozen_booklet(subject, language) if isinstance(subject, Edition) else live_booklet(subject, language)


@dataclass(frozen=True)
class Content:
    """What a file is made of, and the hash that tells whether it has to be made again."""

    format: str
    booklets: Sequence[Booklet]

    @property
    def sha256(self) -> str:
        return hashlib.sha256("".join([self.format, *(one.sha256 for one in self.booklets)]).encode()).hexdigest()

    def file(self) -> bytes:
        return FORMATS[self.format].render(self.booklets if self.format == ARCHIVE else self.booklets[0])


def content_of(subject: Any, language: str, format: str) -> Content:
    if format != ARCHIVE:
        return Content(format, [booklet_of(subject, language)])
    every = [booklet_of(subject, code) for code, _name in settings.LANGUAGES]
    return Content(format, [one for one in every if one.language == source_language() or is_translated(one)])


def is_translated(booklet: Booklet) -> bool:
    return any(not part.language and part.address for part in booklet.parts)
