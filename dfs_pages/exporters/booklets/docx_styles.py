"""The styles and lists of a booklet in Word, made once for each language and reused."""

import io
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language_info
from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from dfs_workflow.documents.docx_styles import (
    GREY,
    NAVY,
    TEXT_WIDTH,
    add_style,
    clear,
    right_to_left,
    set_defaults,
    set_page,
)
from dfs_workflow.documents.docx_xml import element

TAGS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA", "ru": "ru-RU", "zh-hans": "zh-CN"}
BULLET, NUMBER = 1, 2  # the lists that styles name; each numbered list is an instance of its own
ABSTRACT = {BULLET: 70, NUMBER: 71}
AFTER_SHADING = ("w:tabs", "w:bidi", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
HEADING_SIZES = (19, 14, 12, 11, 10.5)


def tag_of(language: str) -> str:
    return TAGS.get(language, language)


@lru_cache(8)
def house_style(language: str) -> bytes:
    document = new_document()
    clear(document)
    set_defaults(document, tag_of(language))
    set_page(document)
    is_rtl = get_language_info(language)["bidi"]
    add_styles(document.styles, "right" if is_rtl else "left")
    add_lists(document.part.numbering_part.element)
    if is_rtl:
        right_to_left(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_styles(styles: Any, start: str) -> None:
    normal = styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.12
    title = add_style(styles, "Title", size=26, bold=True, colour=NAVY, before=120, after=14)
    if (border := title.element.pPr.find(qn("w:pBdr"))) is not None:
        title.element.pPr.remove(border)
    for level, size in enumerate(HEADING_SIZES, 1):
        name = f"Heading {level}"
        add_style(styles, name, size=size, bold=True, colour=NAVY, before=8 + size / 2, after=5, keep=True)
        add_style(styles, f"toc {level}", after=2).paragraph_format.left_indent = Pt(12 * (level - 1))
    add_style(styles, "Booklet Cover", size=13, colour=GREY, after=8)
    add_style(styles, "Booklet Contents", size=15, bold=True, colour=NAVY, after=8, keep=True)
    add_style(styles, "Booklet Address", size=8.5, colour=GREY, after=4, keep=True)
    add_style(styles, "Booklet Note", size=9.5, colour=GREY)
    add_style(styles, "Booklet Table", size=9, after=1)
    add_style(styles, "Booklet Bullet", after=3, number=(BULLET, 0))
    add_style(styles, "Booklet Number", after=3, number=(NUMBER, 0))
    framed(add_style(styles, "Booklet Statement", after=8), start)
    add_style(styles, "Booklet Quote", after=6).paragraph_format.left_indent = Pt(18)
    add_style(styles, "Booklet Aside", after=4).element.pPr.insert_element_before(
        element("shd", val="clear", color="auto", fill="EEF2F7"), *AFTER_SHADING
    )
    code = add_style(styles, "Booklet Code", size=9, after=6)
    code.font.name = "Consolas"
    code.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for name in ("Header", "Footer"):
        small = add_style(styles, name, size=8, after=0, colour=GREY)
        for old in small.element.pPr.findall(qn("w:tabs")):
            small.element.pPr.remove(old)
        small.element.pPr._insert_tabs(element("tabs", element("tab", val="right", pos=TEXT_WIDTH)))


def framed(style: Any, side: str) -> None:
    border = element("pBdr", element(side, val="single", sz=18, space=8, color="12335C"))
    style.element.pPr.insert_element_before(border, "w:shd", *AFTER_SHADING)


def add_lists(numbering: Any) -> None:
    for child in list(numbering):
        numbering.remove(child)
    for kind, form, text in ((BULLET, "bullet", "–"), (NUMBER, "decimal", "%{}.")):
        numbering.append(abstract(ABSTRACT[kind], form, text))
    for kind in (BULLET, NUMBER):
        numbering.append(instance(kind, kind))


def abstract(number: int, form: str, text: str) -> Any:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text.format(level + 1)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{400 * (level + 1)}" w:hanging="300"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:nsid w:val="4446530{number % 10}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4446540{number % 10}"/>{levels}</w:abstractNum>'
    )


def instance(number: int, kind: int, *, restart: bool = False) -> Any:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    return parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{ABSTRACT[kind]}"/>{again}</w:num>'
    )
