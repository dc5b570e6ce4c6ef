"""Which booklets there are, and how each format of one is made."""

from collections.abc import Callable
from typing import Any, NamedTuple

from dfs_pages.exporters.booklets.booklet import Booklet
from dfs_pages.exporters.booklets.docx import render_docx
from dfs_pages.exporters.booklets.frozen import frozen_booklet
from dfs_pages.exporters.booklets.live import WHOLE, live_booklet
from dfs_pages.exporters.booklets.typst import render_pdf
from dfs_pages.query import Reader
from dfs_pages.query.places import find_page
from dfs_workflow.editions.reading import frozen_editions
from dfs_workflow.models import Edition

EDITION = "e/"


class Format(NamedTuple):
    content_type: str
    render: Callable[[Booklet], bytes]


FORMATS = {
    "pdf": Format("application/pdf", render_pdf),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_docx),
}


def subject_of(path: str, language: str) -> Any:
    """The public page or frozen edition that a booklet is about; nothing where there is none."""
    if path.startswith(EDITION):
        return frozen_editions().filter(number=path.removeprefix(EDITION)).first()
    page = find_page(path, Reader(language))
    return page if isinstance(page, WHOLE) else None


def booklet_of(subject: Any, language: str) -> Booklet:
    return frozen_booklet(subject, language) if isinstance(subject, Edition) else live_booklet(subject, language)
