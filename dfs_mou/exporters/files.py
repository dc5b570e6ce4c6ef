"""One document in one format, as a file."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from dfs_mou.documents import docx, html, pdf
from dfs_mou.documents.document import Document


@dataclass(frozen=True)
class Format:
    name: str
    content_type: str
    extension: str
    render: Callable[[Document], bytes]


def _json(document: Document) -> bytes:
    return json.dumps(document.to_json(), ensure_ascii=False, indent=1).encode()


def _html(document: Document) -> bytes:
    return html.page(document).encode()


FORMATS = {
    "json": Format("JSON", "application/json", "json", _json),
    "html": Format("HTML", "text/html; charset=utf-8", "html", _html),
    "docx": Format("Word (DOCX)", docx.CONTENT_TYPE, "docx", docx.render),
    "pdf": Format("PDF", pdf.CONTENT_TYPE, "pdf", pdf.render),
}
