"""Styles of a Word document, set on what python-docx brings."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dfs_workflow.documents.docx_xml import element

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


def clear(document: Any) -> None:
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


def set_defaults(document: Any, tag: str) -> None:
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


def set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.6)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(0.9)
    section.different_first_page_header_footer = True


def add_style(
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


def right_to_left(document: Any) -> None:
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            properties = style.element.get_or_add_pPr()
            if properties.find(qn("w:bidi")) is None:
                properties.insert_element_before(element("bidi"), *AFTER_BIDI.split())
    section = document.sections[0]._sectPr
    section.insert_element_before(element("bidi"), "w:rtlGutter", "w:docGrid", "w:printerSettings")
