"""The house style of the Word document, made once for each language and reused."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from typing import Any

from docx import Document as new_document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from dfs_mou.documents.docx_look import dress, text_width
from dfs_mou.documents.docx_numbering import ABSTRACT, ANNEX, BULLET, INDENT, MAIN, abstract_lists, instance
from dfs_mou.documents.labels import LABELS, labels_in
from dfs_workflow.documents.docx_styles import (
    GREY,
    NAVY,
    add_style,
    clear,
    right_to_left,
    set_defaults,
    set_page,
)
from dfs_workflow.documents.docx_xml import element


@lru_cache(3 * len(LABELS))
def house_style(language: str, look: str = "") -> bytes:
    """An empty document with every style, list and language setting in place.

    `look`: the JSON of `house_style.read`, laid over ours.
    """
    labels = labels_in(language)
    document = new_document()
    clear(document)
    set_defaults(document, labels.tag)
    set_page(document)
    _styles(document)
    if look:
        dress(document, json.loads(look))
    _tabs(document)
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for abstract in abstract_lists(labels):
        numbering.append(abstract)
    for number, abstract in ABSTRACT.items():
        numbering.append(instance(number, abstract))
    if labels.direction == "rtl":
        right_to_left(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.12
    title = add_style(styles, "Title", size=26, bold=True, colour=NAVY, before=150, after=18, align="center")
    border = title.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)
    heading = {"size": 13, "bold": True, "colour": NAVY, "before": 16, "after": 5, "keep": True}
    add_style(styles, "Heading 1", **heading, number=(MAIN, 0))
    add_style(styles, "MOU Heading", outline=0, **heading)
    add_style(styles, "MOU Annex", outline=0, number=(ANNEX, 0), **heading).paragraph_format.page_break_before = True
    for prefix, number in (("MOU", MAIN), ("MOU Annex", ANNEX)):
        add_style(styles, f"{prefix} Clause", number=(number, 1))
        add_style(styles, f"{prefix} Item", after=3, number=(number, 2))
        add_style(styles, f"{prefix} Subclause", after=3, number=(number, 3))
    add_style(styles, "MOU Bullet", after=3, number=(BULLET, 0))
    for level, (left, _hanging) in INDENT.items():
        add_style(styles, f"MOU Text {level}").paragraph_format.left_indent = Pt(left / 20)
    add_style(styles, "MOU Cover", size=13, after=10, colour=GREY, align="center")
    add_style(styles, "MOU Cover Name", size=16, bold=True, after=10, align="center")
    add_style(styles, "MOU Draft", size=12, bold=True, colour=RGBColor(0x9B, 0x1C, 0x1C), align="center")
    contents = add_style(styles, "MOU Contents Heading", size=15, bold=True, colour=NAVY, after=8, keep=True)
    contents.paragraph_format.page_break_before = True
    add_style(styles, "MOU Signature", after=2, keep=True)
    add_style(styles, "MOU Table", size=9, after=1)
    add_style(styles, "toc 1", after=3)
    for name in ("Header", "Footer"):
        add_style(styles, name, size=8, after=0, colour=GREY)


def _tabs(document: Any) -> None:
    """At the end of the line, wherever the margins are."""
    width = text_width(document.sections[0]._sectPr)
    for name in ("toc 1", "Header", "Footer"):
        properties = document.styles[name].element.get_or_add_pPr()
        for old in properties.findall(qn("w:tabs")):
            properties.remove(old)
        leader = {"leader": "dot"} if name == "toc 1" else {}
        properties._insert_tabs(element("tabs", element("tab", val="right", **leader, pos=width)))
