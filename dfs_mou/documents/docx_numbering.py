"""Lists of a Word document: one multi-level list for clauses and one for annexes, bound to styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dfs_mou.documents.labels import ARABIC, CYRILLIC, Labels

MAIN, ANNEX, BULLET = 1, 2, 3  # numbering instances that styles name
FIRST_OWN = 10  # instances for lists that start again, made as they are met
ABSTRACT = {MAIN: 90, ANNEX: 91, BULLET: 92}
OWN_ABSTRACT = {"upper_alpha": 93, "parenthesised_decimal": 94, "lower_alpha": 95, "decimal": 96}

INDENT = {1: (0, 0), 2: (720, 720), 3: (1287, 567), 4: (1854, 567)}  # level → left, hanging, in twips


@dataclass(frozen=True)
class Level:
    format: str
    text: str
    style: str | None
    left: int
    hanging: int
    suffix: str = "tab"


def _formats(labels: Labels) -> tuple[str, str]:
    if labels.letters == ARABIC:
        return "arabicAbjad", "arabicAbjad"
    if labels.letters == CYRILLIC:
        return "russianLower", "russianUpper"
    return "lowerLetter", "upperLetter"


def abstract_lists(labels: Labels) -> list[Any]:
    lower, upper = _formats(labels)
    letter = labels.letter % "%3"

    def outline(first: Level, prefix: str) -> list[Level]:
        return [
            first,
            Level("decimal", "%1.%2", f"{prefix}Clause", *INDENT[2]),
            Level(lower, letter, f"{prefix}Item", *INDENT[3]),
            Level("decimal", "%1.%2.%4", f"{prefix}Subclause", *INDENT[3]),
        ]

    # LibreOffice hangs a label without room of its own outside the margin of a right-to-left page.
    room = (1247, 1247, "tab") if labels.direction == "rtl" else (0, 0, "space")
    annex = labels.annex % {"number": "%1"}
    return [
        _abstract(90, outline(Level("decimal", "%1.", "Heading1", 567, 567), "MOU")),
        _abstract(91, outline(Level(upper, annex, "MOUAnnex", *room), "MOUAnnex")),
        _abstract(92, [Level("bullet", "–", "MOUBullet", 1100, 380)]),
        _abstract(93, [Level(upper, "(%1)", None, *INDENT[2])]),
        _abstract(94, [Level("decimal", "(%1)", None, *INDENT[2])]),
        _abstract(95, [Level(lower, labels.letter % "%1", None, *INDENT[2])]),
        _abstract(96, [Level("decimal", "%1.", None, *INDENT[2])]),
    ]


def _abstract(number: int, levels: list[Level]) -> Any:
    rest = [Level("decimal", f"%{i + 1}.", None, 1287 + 360 * i, 360) for i in range(len(levels), 9)]
    body = "".join(_level(index, level) for index, level in enumerate([*levels, *rest]))
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:nsid w:val="4D4F55{number:02X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4D4F56{number:02X}"/>{body}</w:abstractNum>'
    )


def _level(index: int, level: Level) -> str:
    style = f'<w:pStyle w:val="{level.style}"/>' if level.style else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>{style}'
        f'<w:suff w:val="{level.suffix}"/><w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr></w:lvl>'
    )


def instance(number: int, abstract: int, *, restart: bool = False) -> Any:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    return parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
    )
