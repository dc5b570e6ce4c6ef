"""The file to begin a house style with: one line in each style that documents use."""

from __future__ import annotations

import io

from docx import Document as open_document

from dfs_mou.documents.docx_styles import house_style
from dfs_mou.documents.house_style import NAMES
from dfs_workflow.documents.docx_package import frozen


def render(look: str = "") -> bytes:
    word = open_document(io.BytesIO(house_style("en", look)))
    for name in NAMES:
        if name not in ("Header", "Footer"):
            word.add_paragraph(name, style=name)
    section = word.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "Header", "Footer"
    return frozen(word)
