"""Small builders of WordprocessingML: elements, runs, fields and bookmarks."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LATIN = re.compile(r"([A-Za-z](?:[A-Za-z0-9 ./:@+&_-]*[A-Za-z0-9])?)")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *children: Any, **attributes: Any) -> Any:
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def text_element(tag: str, text: str) -> Any:
    made = element(tag)
    made.text = text
    made.set(XML_SPACE, "preserve")
    return made


def run_properties(*, bold: bool = False, rtl: bool = False, latin: bool = False) -> Any | None:
    properties = element("rPr")
    if bold:
        properties.append(element("b"))
        properties.append(element("bCs"))
    if rtl:
        properties.append(element("rtl"))
    if latin:
        properties.append(element("lang", val="en-US"))
    return properties if len(properties) else None


def run(*children: Any, properties: Any | None = None) -> Any:
    return element("r", *(() if properties is None else (properties,)), *children)


def text_runs(text: str, *, bold: bool = False, rtl: bool = False) -> list[Any]:
    """One run, or in a right-to-left document one for each direction."""
    if not rtl:
        return [run(text_element("t", text), properties=run_properties(bold=bold))] if text else []
    runs = []
    for index, part in enumerate(LATIN.split(text)):
        if part:
            latin = index % 2 == 1
            properties = run_properties(bold=bold, rtl=not latin, latin=latin)
            runs.append(run(text_element("t", part), properties=properties))
    return runs


def field_runs(instruction: str, cached: str, *, rtl: bool = False) -> list[Any]:
    """A live field with the value it has now. The only instructions ever passed are ours."""

    def part(child: Any) -> Any:
        return run(child, properties=run_properties(rtl=rtl))

    return [
        part(element("fldChar", fldCharType="begin")),
        part(text_element("instrText", f" {instruction} ")),
        part(element("fldChar", fldCharType="separate")),
        part(text_element("t", cached)),
        part(element("fldChar", fldCharType="end")),
    ]


def bookmark_name(key: str) -> str:
    """At most 40 letters, digits and underscores, and still one name for one key."""
    name = "_Ref_" + re.sub(r"\W", "_", key)
    return name if len(name) <= 40 else name[:31] + "_" + hashlib.sha256(key.encode()).hexdigest()[:8]
