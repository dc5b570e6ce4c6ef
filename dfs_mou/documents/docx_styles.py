"""The house style of the Word document, made once for each language and reused."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from docx import Document as new_document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dfs_mou.documents.docx_numbering import ABSTRACT, ANNEX, BULLET, INDENT, MAIN, abstract_lists, instance
from dfs_mou.documents.docx_xml import element
from dfs_mou.documents.labels import LABELS, labels_in

# Fonts that Word has on every system; nothing is embedded in a file that is meant to be edited.
FONTS = {"ascii": "Cambria", "hAnsi": "Cambria", "cs": "Times New Roman", "eastAsia": "SimSun"}
NAVY = RGBColor(0x12, 0x33, 0x5C)
GREY = RGBColor(0x40, 0x40, 0x40)
TEXT_WIDTH = 9354  # twips between the margins of an A4 page

# What the schema wants after <w:bidi> in the properties of a paragraph.
AFTER_BIDI = (
    "w:adjustRightInd w:snapToGrid w:spacing w:ind w:contextualSpacing w:mirrorIndents w:suppressOverlap "
    "w:jc w:textDirection w:textAlignment w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle w:rPr w:sectPr "
    "w:pPrChange"
)


@lru_cache(len(LABELS))
def house_style(language: str) -> bytes:
    """An empty document with every style, list and language setting in place."""
    labels = labels_in(language)
    document = new_document()
    _clear(document)
    _defaults(document, labels.tag)
    _page(document)
    _styles(document)
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for abstract in abstract_lists(labels):
        numbering.append(abstract)
    for number, abstract in ABSTRACT.items():
        numbering.append(instance(number, abstract))
    if labels.direction == "rtl":
        _right_to_left(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _clear(document: Any) -> None:
    """Drop what python-docx's own template brings and nothing here uses."""
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(("/stylesWithEffects", "/customXml")):
            del document.part.rels[key]
    for style in document.styles:
        properties = style.element.find(qn("w:pPr"))
        if properties is not None and properties.find(qn("w:numPr")) is not None:
            properties.remove(properties.find(qn("w:numPr")))
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None:
            fonts.getparent().remove(fonts)


def _defaults(document: Any, tag: str) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(properties):
        properties.remove(child)
    latin = tag if tag not in ("ar-SA", "zh-CN") else "en-GB"
    for child in (
        element("rFonts", **FONTS),
        element("sz", val=21),
        element("szCs", val=23 if tag == "ar-SA" else 21),
        element("lang", val=latin, eastAsia="zh-CN", bidi="ar-SA"),
    ):
        properties.append(child)
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        settings.remove(old)
    settings.insert_element_before(
        element("themeFontLang", val=latin, eastAsia="zh-CN", bidi="ar-SA"),
        "w:clrSchemeMapping",
        "w:doNotIncludeSubdocsInStats",
        "w:shapeDefaults",
        "w:decimalSymbol",
        "w:listSeparator",
    )


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.6)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(0.9)
    section.different_first_page_header_footer = True


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.12
    title = _style(styles, "Title", size=26, bold=True, colour=NAVY, before=150, after=18, align="center")
    border = title.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)
    heading = {"size": 13, "bold": True, "colour": NAVY, "before": 16, "after": 5, "keep": True}
    _style(styles, "Heading 1", **heading, number=(MAIN, 0))
    _style(styles, "MOU Heading", outline=0, **heading)
    _style(styles, "MOU Annex", outline=0, number=(ANNEX, 0), **heading).paragraph_format.page_break_before = True
    for prefix, number in (("MOU", MAIN), ("MOU Annex", ANNEX)):
        _style(styles, f"{prefix} Clause", number=(number, 1))
        _style(styles, f"{prefix} Item", after=3, number=(number, 2))
        _style(styles, f"{prefix} Subclause", after=3, number=(number, 3))
    _style(styles, "MOU Bullet", after=3, number=(BULLET, 0))
    for level, (left, _hanging) in INDENT.items():
        _style(styles, f"MOU Text {level}").paragraph_format.left_indent = Pt(left / 20)
    _style(styles, "MOU Cover", size=13, after=10, colour=GREY, align="center")
    _style(styles, "MOU Cover Name", size=16, bold=True, after=10, align="center")
    _style(styles, "MOU Draft", size=12, bold=True, colour=RGBColor(0x9B, 0x1C, 0x1C), align="center")
    contents = _style(styles, "MOU Contents Heading", size=15, bold=True, colour=NAVY, after=8, keep=True)
    contents.paragraph_format.page_break_before = True
    _style(styles, "MOU Signature", after=2, keep=True)
    _style(styles, "MOU Table", size=9, after=1)
    toc = _style(styles, "toc 1", after=3)
    tabs = element("tabs", element("tab", val="right", leader="dot", pos=TEXT_WIDTH))
    toc.element.get_or_add_pPr()._insert_tabs(tabs)
    for name in ("Header", "Footer"):
        small = _style(styles, name, size=8, after=0, colour=GREY)
        for old in small.element.pPr.findall(qn("w:tabs")):
            small.element.pPr.remove(old)
        small.element.pPr._insert_tabs(element("tabs", element("tab", val="right", pos=TEXT_WIDTH)))


def _style(
    styles: Any,
    name: str,
    *,
    size: float | None = None,
    bold: bool = False,
    colour: RGBColor | None = None,
    before: float = 0,
    after: float = 6,
    keep: bool = False,
    align: str = "",
    number: tuple[int, int] | None = None,
    outline: int | None = None,
) -> Any:
    known = {style.name for style in styles}
    style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in ("Normal", "Title", "Header", "Footer"):
        style.base_style = styles["Normal"]
    if style.element.rPr is not None:
        style.element.remove(style.element.rPr)
    style.quick_style, style.hidden = True, False
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.keep_with_next = Pt(before), Pt(after), keep or None
    if align:
        spacing.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if size:
        style.font.size = Pt(size)
        style.element.rPr.find(qn("w:sz")).addnext(element("szCs", val=int(size * 2)))
    if bold:
        style.font.bold = True
        style.element.rPr.find(qn("w:b")).addnext(element("bCs"))
    if colour is not None:
        style.font.color.rgb = colour
    properties = style.element.get_or_add_pPr()
    if number:
        properties._insert_numPr(element("numPr", element("ilvl", val=number[1]), element("numId", val=number[0])))
    if outline is not None:
        properties.append(element("outlineLvl", val=outline))
    return style


def _right_to_left(document: Any) -> None:
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            properties = style.element.get_or_add_pPr()
            if properties.find(qn("w:bidi")) is None:
                properties.insert_element_before(element("bidi"), *AFTER_BIDI.split())
    section = document.sections[0]._sectPr
    section.insert_element_before(element("bidi"), "w:rtlGutter", "w:docGrid", "w:printerSettings")
