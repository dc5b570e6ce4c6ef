"""Reads a Word file back into clauses: ours, or a copy that was edited elsewhere.

Bookmarks tell which paragraph is which clause; where a program lost them, the text decides. Tracked changes are read
as if they were accepted; a reference is read by where it leads, so that another number is no change.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from dfs_mou.documents.docx_package import NAMESPACE
from dfs_workflow.documents.docx_gate import PARSER, RefusedFile, W, check
from dfs_workflow.documents.file_gate import marked as _

SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}delInstrText", f"{W}pPr", f"{W}rPr"}
REFERENCE = re.compile(r"\b(?:REF|PAGEREF)\s+(_Ref_\w+)")
MOST_PARAGRAPHS = 3_000  # comparing takes longer than in proportion to the text
LONGEST_PARAGRAPH = 120_000  # one of the longest answers, in its clause
LONGEST_TEXT = 1_000_000  # characters; an agreement has about a tenth
CONTENTS = re.compile(r"toc ?\d|TOC\d|.*Contents.*", re.I)
HEADINGS = re.compile(r"Heading ?1|MOU ?Heading|MOU ?Annex", re.I)


@dataclass(frozen=True)
class Read:
    """A paragraph: the bookmarks that begin in it, its text, whether it heads a clause."""

    names: tuple[str, ...]
    text: str
    is_heading: bool


def read(data: bytes) -> tuple[Read, ...]:
    """`RefusedFile` for what is not let in."""
    package = check(data)
    body = etree.fromstring(package.read("word/document.xml"), etree.XMLParser(**PARSER)).find(f"{W}body")
    if body is None:
        raise RefusedFile(_("The file is damaged: open it in your word processor and save it anew."))
    styles = _style_names(package)
    found, length = [], 0
    for paragraph in _paragraphs(body, styles):
        found.append(paragraph)
        length += len(paragraph.text)
        if len(found) > MOST_PARAGRAPHS or len(paragraph.text) > LONGEST_PARAGRAPH or length > LONGEST_TEXT:
            raise RefusedFile(_("The file is longer than any agreement: send back the document that was made here."))
    return tuple(found)


def manifest(data: bytes) -> Mapping[str, Any] | None:
    """What our own file says it was made from; a hint, for nobody signed it."""
    package = check(data)
    for name in package.namelist():
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            root = etree.fromstring(package.read(name), etree.XMLParser(**PARSER))
            if root.tag == f"{{{NAMESPACE}}}mou":
                try:
                    found = json.loads(root.text or "")
                except (ValueError, RecursionError):
                    return None
                return found if isinstance(found, dict) else None
    return None


def _style_names(package: Any) -> dict[str, str]:
    """Programs rename the ids of styles; their names stay."""
    if "word/styles.xml" not in package.namelist():
        return {}
    root = etree.parse(io.BytesIO(package.read("word/styles.xml")), etree.XMLParser(**PARSER)).getroot()
    names = {}
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            names[str(style.get(f"{W}styleId"))] = str(name.get(f"{W}val"))
    return names


def _paragraphs(body: Any, styles: Mapping[str, str]) -> Iterator[Read]:
    waiting: list[str] = []  # bookmarks between two paragraphs belong to the next
    for node in body.iter(f"{W}p", f"{W}bookmarkStart"):
        if node.tag == f"{W}bookmarkStart":
            if not any(above.tag == f"{W}p" for above in node.iterancestors()):
                waiting.append(str(node.get(f"{W}name")))
            continue
        style = node.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else str(style.get(f"{W}val"))
        name = styles.get(name, name)
        if CONTENTS.fullmatch(name):
            continue
        if _is_deleted(node):
            waiting += _open_marks(node)
            continue
        marks = [str(mark.get(f"{W}name")) for mark in node.iter(f"{W}bookmarkStart")]
        names = tuple(mark for mark in (*waiting, *marks) if mark.startswith("_Ref_"))
        waiting = []
        yield Read(names, _text(node), bool(HEADINGS.fullmatch(name)))


def _open_marks(paragraph: Any) -> list[str]:
    """Bookmarks that go on into the paragraph after it."""
    ends = {mark.get(f"{W}id") for mark in paragraph.iter(f"{W}bookmarkEnd")}
    starts = [mark for mark in paragraph.iter(f"{W}bookmarkStart") if mark.get(f"{W}id") not in ends]
    return [str(mark.get(f"{W}name")) for mark in starts]


def _is_deleted(paragraph: Any) -> bool:
    marks = paragraph.find(f"{W}pPr/{W}rPr/{W}del"), paragraph.find(f"{W}pPr/{W}rPr/{W}moveFrom")
    return any(mark is not None for mark in marks) and not _text(paragraph).strip()


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    field: dict[str, str] = {}
    _collect(paragraph, parts, field)
    return " ".join("".join(parts).split())


def _collect(node: Any, parts: list[str], field: dict[str, str]) -> None:
    """`field`: the code being read and the bookmark it leads to; its shown value is left out."""
    for child in _said_once(node):
        if child.tag == f"{W}fldChar":
            _field(str(child.get(f"{W}fldCharType")), parts, field)
        elif child.tag == f"{W}instrText" and "code" in field:
            field["code"] += child.text or ""
        elif child.tag in SKIPPED:
            continue
        elif child.tag == f"{W}fldSimple":
            found = REFERENCE.search(str(child.get(f"{W}instr")))
            if found:
                parts.append(f"[{found[1]}]")
            else:
                _collect(child, parts, field)
        elif child.tag == f"{W}t" and "target" not in field:
            parts.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            parts.append(" ")
        else:
            _collect(child, parts, field)


def _said_once(node: Any) -> Iterator[Any]:
    """LibreOffice saves a heading in Arabic or Chinese as several controls of one name, each ending with all of it."""
    first, whole = None, ""
    for child in node:
        is_next = first is not None and child.tag == f"{W}sdt" and _alias(first) == _alias(child) != ""
        whole = whole or (_text(first) if is_next else "")
        if is_next and whole and _text(child).endswith(whole):
            continue
        first, whole = (child if child.tag == f"{W}sdt" else None), ""
        yield child


def _alias(control: Any) -> str:
    name = control.find(f"{W}sdtPr/{W}alias")
    return "" if name is None else str(name.get(f"{W}val"))


def _field(kind: str, parts: list[str], field: dict[str, str]) -> None:
    if kind == "begin":
        field.clear()
        field["code"] = ""
    elif kind == "separate":
        found = REFERENCE.search(field.pop("code", ""))
        if found:
            field["target"] = found[1]
            parts.append(f"[{found[1]}]")
    else:
        field.clear()
