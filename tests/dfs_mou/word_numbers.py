"""Counts the automatic numbers of a Word file as a word processor does, so that tests can read them."""

import io
import re
from typing import Any

from docx import Document as open_word
from docx.oxml.ns import qn

LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
}


def _value(parent: Any, path: str) -> str | None:
    found = parent.find("/".join(qn(f"w:{name}") for name in path.split("/")))
    return None if found is None else found.get(qn("w:val"))


def _shown(number: int, style: str) -> str:
    alphabet = LETTERS.get(style)
    if alphabet is None:
        return str(number)
    return alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


def automatic_labels(data: bytes) -> list[str]:
    """The label of every numbered paragraph, in order, bullets left out."""
    word = open_word(io.BytesIO(data))
    numbering = word.part.numbering_part.element
    lists = {n.get(qn("w:numId")): _value(n, "abstractNumId") for n in numbering.findall(qn("w:num"))}
    levels = {
        (abstract.get(qn("w:abstractNumId")), level.get(qn("w:ilvl"))): level
        for abstract in numbering.findall(qn("w:abstractNum"))
        for level in abstract.findall(qn("w:lvl"))
    }
    styles = {style.style_id: style.element for style in word.styles}
    counters: dict[str, list[int]] = {}
    labels = []
    for paragraph in word.element.body.iter(qn("w:p")):
        place = _place(paragraph, styles)
        if place is None:
            continue
        number, depth = place
        level = levels[lists[number], str(depth)]
        count = counters.setdefault(number, [0] * 9)
        count[depth] += 1
        count[depth + 1 :] = [0] * (8 - depth)
        if _value(level, "numFmt") == "bullet":
            continue
        formats = [_value(levels[lists[number], str(i)], "numFmt") for i in range(9)]
        shown = [_shown(value, style or "") for value, style in zip(count, formats, strict=True)]
        parts = re.split(r"%(\d)", _value(level, "lvlText") or "")
        labels.append("".join(shown[int(part) - 1] if i % 2 else part for i, part in enumerate(parts)))
    return labels


def _place(paragraph: Any, styles: dict[str, Any]) -> tuple[str, int] | None:
    own = _value(paragraph, "pPr/numPr/numId")
    if own:
        return own, int(_value(paragraph, "pPr/numPr/ilvl") or 0)
    style = styles[_value(paragraph, "pPr/pStyle") or "Normal"]
    number = _value(style, "pPr/numPr/numId")
    return (number, int(_value(style, "pPr/numPr/ilvl") or 0)) if number else None
