"""A table pasted into running text, from Word for instance, becomes a table block.

Its rows arrive as lines with bars between the cells (`static/dfs_pages/pasted_table.js`), as the text editor knows no
tables.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby
from typing import Any

from django.utils.html import strip_tags

BAR = "│"
LINE = re.compile(rf"<p\b[^>]*>((?:(?!</p>)[^{BAR}])*{BAR}(?:(?!</p>).)*)</p>", re.DOTALL)
LINES = re.compile(rf"(?:{LINE.pattern}\s*){{2,}}", re.DOTALL)
TAG = re.compile(r"<(/?)(\w+)[^>]*>")
LONGEST_HEADING, LONGEST_CAPTION = 120, 250


def split_tables(source: str) -> Iterator[str | dict[str, Any]]:
    """The text before, between and after tables, and each table as the raw value of its block.

    A table is two lines or more with as many cells each.
    """
    end = 0
    for match in LINES.finditer(source) if BAR in source else ():
        yield source[end : match.start()]
        for _, group in groupby(LINE.finditer(match[0]), key=lambda line: line[1].count(BAR)):
            lines = [line[1] for line in group]
            yield table([cells(line) for line in lines]) if len(lines) > 1 else f"<p>{lines[0]}</p>"
        end = match.end()
    yield source[end:]


def table(rows: list[list[str]]) -> dict[str, Any]:
    """The first row is taken for the headings, and these for the caption until the editor writes a better one."""
    headings = [unescape(strip_tags(cell))[:LONGEST_HEADING] or "…" for cell in rows[0]]
    return {
        "caption": ", ".join(headings)[:LONGEST_CAPTION],
        "columns": headings,
        "row_headings": True,
        "rows": [{"cells": [f"<p>{cell}</p>" for cell in row]} for row in rows[1:]],
    }


def cells(line: str) -> list[str]:
    return [(cell if is_whole(cell) else escape(unescape(strip_tags(cell)))).strip() for cell in line.split(BAR)]


def is_whole(html: str) -> bool:
    """Whether each tag that opens in it also ends in it."""
    depths: Counter[str] = Counter()
    for end, name in TAG.findall(html):
        depths[name] += -1 if end else name != "br"
    return not any(depths.values())
