"""Lays the look that was taken from somebody's Word file over our own styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docx.oxml.ns import qn

from dfs_mou.documents.house_style import PAGE, PARAGRAPH, RUN
from dfs_workflow.documents.docx_xml import element

# As the schema orders the properties that our own styles have beside those of a look.
PARAGRAPH_ORDER = (
    *("keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "bidi"),
    *("spacing", "ind", "contextualSpacing", "jc", "outlineLvl"),
)
RUN_ORDER = (
    *("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "spacing"),
    *("kern", "sz", "szCs", "u", "lang"),
)


def text_width(section: Any) -> int:
    """Between the margins, in twentieths of a point."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))


def dress(document: Any, look: Mapping[str, Any]) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _put(defaults, look["defaults"], (), RUN_ORDER)
    for name, part in look["styles"].items():
        style = document.styles[name].element
        _put(style.get_or_add_pPr(), part["paragraph"], PARAGRAPH, PARAGRAPH_ORDER)
        _put(style.get_or_add_rPr(), _with_complex(part["run"]), RUN, RUN_ORDER)
    section = document.sections[0]._sectPr
    for tag, names in PAGE.items():
        node = section.find(qn(f"w:{tag}"))
        for name in names:
            node.set(qn(f"w:{name}"), str(look["page"][name]))
    if look["page"]["w"] > look["page"]["h"]:
        section.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")


def _put(holder: Any, rows: Iterable[Any], replaced: Iterable[str], order: tuple[str, ...]) -> None:
    """`replaced`: properties that go when the look has none of them; fonts keep the scripts that it doesn't name."""
    old = {child.tag: child for child in holder}
    for tag in replaced:
        if (child := old.get(qn(f"w:{tag}"))) is not None:
            holder.remove(child)
    for tag, attributes, inner in rows:
        kept = old.get(qn(f"w:{tag}"))
        if tag == "rFonts" and kept is not None:
            attributes = {name.rpartition("}")[2]: value for name, value in kept.attrib.items()} | attributes
        if kept is not None and kept.getparent() is holder:
            holder.remove(kept)
        children = [element(name, **values) for name, values in inner]
        holder.append(element(tag, *children, **attributes))
    places = {qn(f"w:{tag}"): place for place, tag in enumerate(order)}
    holder[:] = sorted(holder, key=lambda child: places.get(child.tag, len(order)))


def _with_complex(rows: list[Any]) -> list[Any]:
    """Arabic is as large and as bold as Latin where the file says nothing of it."""
    found = {row[0]: row for row in rows}
    for tag, complex_tag in (("b", "bCs"), ("i", "iCs"), ("sz", "szCs")):
        if tag in found and complex_tag not in found:
            found[complex_tag] = [complex_tag, found[tag][1], []]
    return list(found.values())
