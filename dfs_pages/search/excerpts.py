"""The lines of a text that answer a question, with the words that were found marked. Safe HTML."""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from dfs_pages.search import text

LONGEST = 240
BEFORE = 60
SPACE = re.compile(r"\s+|(?<=[。，；])")


class Place(NamedTuple):
    start: int
    end: int


def places(found_in: str, terms: frozenset[str], language: str) -> Iterator[Place]:
    for match in text.WORD.finditer(found_in):
        word = match.group()
        if text.is_han(word):
            yield from pairs(word, match.start(), terms)
        elif not terms.isdisjoint(text.indexed_terms(word, language)):
            yield Place(*match.span())


def pairs(run: str, offset: int, terms: frozenset[str]) -> Iterator[Place]:
    """Overlapping pairs of signs become one mark."""
    start = None
    for place in range(len(run)):
        is_found = run[place : place + 2] in terms or run in terms
        was_found = place > 0 and run[place - 1 : place + 1] in terms
        if (is_found or was_found) and start is None:
            start = place
        elif not (is_found or was_found) and start is not None:
            yield Place(offset + start, offset + place)
            start = None
    if start is not None:
        yield Place(offset + start, offset + len(run))


def marked(shown: str, terms: frozenset[str], language: str) -> SafeString:
    pieces, done = [], 0
    for place in places(shown, terms, language):
        pieces += [escape(shown[done : place.start]), "<mark>", escape(shown[place.start : place.end]), "</mark>"]
        done = place.end
    pieces.append(escape(shown[done:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of text is escaped


def excerpt(lead: str, body: str, terms: frozenset[str], language: str) -> SafeString:
    """The sentence that says most about the page, unless only its further text answers."""
    if lead and (not body or next(places(lead, terms, language), None)):
        return marked(cut(lead, 0), terms, language)
    first = next(places(body, terms, language), None)
    if first is None:
        return marked(cut(lead or body, 0), terms, language)
    return marked(cut(body, max(0, first.start - BEFORE)), terms, language)


def cut(whole: str, start: int) -> str:
    """At the ends of words, with dots where something is left out."""
    if start:
        space = SPACE.search(whole, start, start + BEFORE)
        start = space.end() if space else start
    end = min(len(whole), start + LONGEST)
    if end < len(whole):
        last = whole.rfind(" ", start + LONGEST // 2, end)
        end = last if last > 0 else end
    return f"{'… ' if start else ''}{' '.join(whole[start:end].split())}{' …' if end < len(whole) else ''}"
