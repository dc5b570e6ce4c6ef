"""The abbreviations that occur in a booklet, with the words they stand for, as a table at its end."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from django.utils.html import strip_tags

from dfs_pages.exporters.booklets.booklet import Part


def abbreviations(parts: Sequence[Part], known: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each as it is written, in capitals and small letters; beside Chinese characters no space is needed."""
    words = {short: long for short, long in known if short and short != long}
    if not words:
        return []
    either = "|".join(re.escape(short) for short in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"(?<![A-Za-z0-9-])(?:{either})(?![A-Za-z0-9])")
    found: set[str] = set()
    for part in parts:
        found.update(pattern.findall(" ".join((part.title, part.statement, unescape(strip_tags(part.html))))))
    return [(short, words[short]) for short in sorted(found, key=str.casefold)]
