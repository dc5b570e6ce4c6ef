"""What is taken from a Word file as house style: the look of the styles we use and the size of the page.

Never a text, a picture, a number or a setting: each property is read by name, its value is checked, and only
what passed is written into our own file. JSON form: `{"styles": {name: {"paragraph": […], "run": […]}},
"defaults": […], "page": {…}}`, a property being `[tag, {attribute: value}, [properties]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lxml import etree

from dfs_workflow.documents import docx_gate
from dfs_workflow.documents.docx_gate import PARSER, RefusedFile, W
from dfs_workflow.documents.file_gate import marked as _

Json = dict[str, Any]
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FAMILIES = ("MOU", "MOU Annex")
NAMES = (
    *("Normal", "Title", "Heading 1", "MOU Heading", "MOU Annex"),
    *(f"{family} {role}" for family in FAMILIES for role in ("Clause", "Item", "Subclause")),
    *("MOU Bullet", *(f"MOU Text {level}" for level in (1, 2, 3, 4))),
    *("MOU Cover", "MOU Cover Name", "MOU Draft", "MOU Contents Heading", "MOU Signature", "MOU Table"),
    *("toc 1", "Header", "Footer"),
)
ON_OFF = r"0|1|true|false|on|off"
COLOUR = r"auto|[0-9A-Fa-f]{6}"
LENGTH = r"-?\d{1,5}"
FONT = r"[^\x00-\x1f<>&\"]{1,64}"
LINE = r"none|nil|single|thick|double|dotted|dashed"
BORDER = {"val": LINE, "sz": r"\d{1,2}", "space": r"\d{1,2}", "color": COLOUR}
FONTS = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), FONT)
TOGGLES = ("b", "bCs", "i", "iCs", "caps", "smallCaps")
# In the order of the schema: tag → attributes with what their value may be.
PARAGRAPH: dict[str, dict[str, str]] = {
    "keepNext": {"val": ON_OFF},
    "keepLines": {"val": ON_OFF},
    "pageBreakBefore": {"val": ON_OFF},
    "widowControl": {"val": ON_OFF},
    "pBdr": {},
    "shd": {"val": "clear|nil", "color": COLOUR, "fill": COLOUR},
    "spacing": {"before": r"\d{1,5}", "after": r"\d{1,5}", "line": r"\d{1,5}", "lineRule": "auto|exact|atLeast"},
    "jc": {"val": "left|right|center|both|start|end"},
}
RUN: dict[str, dict[str, str]] = {
    "rFonts": FONTS,
    **dict.fromkeys(TOGGLES, {"val": ON_OFF}),
    "color": {"val": COLOUR},
    "spacing": {"val": LENGTH},
    "sz": {"val": r"\d{1,3}"},
    "szCs": {"val": r"\d{1,3}"},
    "u": {"val": "none|single|double|words|dotted|dash"},
}
SIZES, SMALLEST, LARGEST = ("sz", "szCs"), 12, 192  # in halves of a point
SIDE = {"start": "left", "end": "right"}
SIDES = ("top", "left", "bottom", "right")
PAGE = {  # attribute → smallest and largest, in twentieths of a point
    "pgSz": {"w": (7000, 24000), "h": (7000, 24000)},
    "pgMar": {side: (0 if side in ("header", "footer") else 400, 4000) for side in (*SIDES, "header", "footer")},
}
NARROWEST = 5500  # a text that is narrower breaks its tables


def read(data: bytes) -> Json:
    """Of a .docx or .dotx that somebody sent; refused in one sentence where it can't serve."""
    package = docx_gate.check(data)
    if "word/styles.xml" not in package.namelist():
        raise RefusedFile(_("The file has no styles: save it anew from your word processor."))
    styles, theme = _root(package, "word/styles.xml"), _theme_fonts(package)
    found = {_name(style): style for style in styles.iter(f"{W}style") if style.get(f"{W}type") == "paragraph"}
    missing = [name for name in NAMES if name.casefold() not in found]
    if missing:
        sentence = _("These styles are missing: %(names)s. Begin with the file that can be downloaded here.")
        raise RefusedFile(sentence, names=", ".join(missing))
    by_id = {style.get(f"{W}styleId"): style for style in found.values()}
    read_styles = {name: _looks(found[name.casefold()], by_id, theme) for name in NAMES}
    page = _page(_root(package, "word/document.xml"))
    return {"styles": read_styles, "defaults": _defaults(styles, theme), "page": page}


def _root(package: ZipFile, name: str) -> etree._Element:
    return etree.fromstring(package.read(name), etree.XMLParser(**PARSER))  # the gate has parsed every part


def _name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else str(name.get(f"{W}val")).casefold()


def _looks(style: etree._Element, by_id: dict[Any, etree._Element], theme: dict[str, str]) -> Json:
    """With what it inherits from other styles, but for `Normal`, on which ours stand."""
    chain = [style]
    while (above := chain[-1].find(f"{W}basedOn")) is not None:
        parent = by_id.get(above.get(f"{W}val"))
        if parent is None or parent in chain or _name(parent) == "normal":
            break
        chain.append(parent)
    paragraph: dict[str, Any] = {}
    run: dict[str, Any] = {}
    for one in reversed(chain):
        paragraph |= {row[0]: row for row in _properties(one.find(f"{W}pPr"), PARAGRAPH, {})}
        run |= {row[0]: row for row in _properties(one.find(f"{W}rPr"), RUN, theme)}
    return {"paragraph": _ordered(paragraph, PARAGRAPH), "run": _ordered(run, RUN)}


def _ordered(found: dict[str, Any], known: dict[str, Any]) -> list[Any]:
    return [found[tag] for tag in known if tag in found]


def _properties(holder: Any, known: dict[str, dict[str, str]], theme: dict[str, str]) -> Iterator[list[Any]]:
    for child in holder if holder is not None else ():
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag not in known:
            continue
        attributes = _checked(child, known[tag])
        if tag in SIZES and not SMALLEST <= int(attributes.get("val", 0)) <= LARGEST:
            raise RefusedFile(_("A style has letters too small or too large to read: give them 6 to 96 points."))
        if tag == "rFonts":
            attributes = {**attributes, **_of_theme(child, theme)}
        if tag == "jc":  # the older form of the schema knows only the names of sides
            attributes |= {"val": SIDE[attributes["val"]]} if attributes.get("val") in SIDE else {}
        inner: list[Any] = []
        if tag == "pBdr":
            sides = {etree.QName(side).localname: side for side in child if isinstance(side.tag, str)}
            inner = [[name, _checked(sides[name], BORDER)] for name in SIDES if name in sides]
            inner = [row for row in inner if "val" in row[1]]
        if attributes or inner or ("val" in known[tag] and f"{W}val" not in child.attrib):
            yield [tag, attributes, inner]


def _checked(node: etree._Element, known: dict[str, str]) -> dict[str, str]:
    given = {name: node.get(f"{W}{name}") for name in known}
    return {
        name: value for name, value in given.items() if value is not None and re.fullmatch(known[name], value, re.ASCII)
    }


def _of_theme(node: etree._Element, theme: dict[str, str]) -> dict[str, str]:
    """Word names the font of the theme beside or instead of a font, and the theme wins."""
    names = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "cs": "cstheme", "eastAsia": "eastAsiaTheme"}
    given = {name: theme.get(str(node.get(f"{W}{attribute}")), "") for name, attribute in names.items()}
    return {name: font for name, font in given.items() if font}


def _theme_fonts(package: ZipFile) -> dict[str, str]:
    """`{"minorHAnsi": "Calibri", …}`, with an empty name where the theme leaves the font to the language."""
    name = next((name for name in package.namelist() if re.fullmatch(r"word/theme/theme\d*\.xml", name)), "")
    found: dict[str, str] = {}
    for weight in ("major", "minor") if name else ():
        fonts = _root(package, name).find(f".//{A}{weight}Font")
        for tag, kinds in (("latin", ("Ascii", "HAnsi")), ("ea", ("EastAsia",)), ("cs", ("Bidi",))):
            font = None if fonts is None else fonts.find(f"{A}{tag}")
            face = "" if font is None else str(font.get("typeface") or "")
            if re.fullmatch(FONT, face):
                found |= {f"{weight}{kind}": face for kind in kinds}
    return found


def _defaults(styles: etree._Element, theme: dict[str, str]) -> list[Any]:
    holder = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    known = {tag: RUN[tag] for tag in ("rFonts", "sz", "szCs")}
    return list(_properties(holder, known, theme))


def _page(document: etree._Element) -> dict[str, int]:
    section = document.find(f"{W}body/{W}sectPr")
    page: dict[str, int] = {}
    for tag, known in PAGE.items():
        node = None if section is None else section.find(f"{W}{tag}")
        for name, (low, high) in known.items():
            text = "" if node is None else str(node.get(f"{W}{name}"))
            if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or not low <= int(text) <= high:
                raise RefusedFile(_("The size of the page or its margins can't be used: take those of a usual page."))
            page[name] = int(text)
    if page["w"] - page["left"] - page["right"] < NARROWEST:
        raise RefusedFile(_("The margins leave no room for the text: take those of a usual page."))
    return page
