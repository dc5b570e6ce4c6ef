"""Quotes and brackets in pairs, marks of direction, spaces."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from dfs_workflow.translation.quality.findings import Finding, Pair, error, warning
from dfs_workflow.translation.quality.tokens import TAG, without_addresses

BRACKETS = ["()", "[]", "{}", "（）", "【】", "《》", "「」"]
# “ opens in English and closes in Russian; ’ is an apostrophe more often than a quote.
QUOTES = {"ru": ["«»", "„“"]}
OTHER_QUOTES = ["«»", "“”"]
LIST_MARK = re.compile(r"(?<![\w(])(?:[0-9]{1,3}|[a-zA-Zа-яА-Я]|[\u0621-\u064a])[)）]")
OPENING_MARKS, CLOSING_MARKS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"
MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
OVERRIDES = re.compile("[\u202d\u202e]")
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
WITHOUT_SPACES = {"zh-hans"}  # between words, so that " and " is one character
LATIN_POINT_IN_ARABIC = re.compile(r"[\u0621-\u064a][,;?](?:\s|$)")
MISPLACED = "\u00a0 \t\n"
DOUBLE_SPACE = re.compile(r"(?<=\S)  +(?=\S)")
# French puts a space before these, also where a text is only such a sign between two others.
FRENCH_SIGN = re.compile(r"\s[;:!?»]")


def check_pairs(pair: Pair) -> Iterable[Finding]:
    pairs = [*BRACKETS, *QUOTES.get(pair.language, OTHER_QUOTES)]
    source_pairs = [*BRACKETS, *QUOTES.get(pair.source_language, OTHER_QUOTES)]
    if unbalanced(pair.source, source_pairs):
        return  # cut in the middle of a quotation: so may its translation be
    for both in unbalanced(pair.target, pairs):
        yield error("pairs", _("Opened and not closed, or closed and not opened: %(pair)s") % {"pair": both})


def unbalanced(text: str, pairs: list[str]) -> list[str]:
    words = without_addresses(text)
    wrong = [
        both
        for both in pairs
        if not is_balanced(words, both[0], both[1]) and not is_balanced(LIST_MARK.sub("", words), both[0], both[1])
    ]
    return wrong + (['"'] if words.count('"') % 2 else [])


def is_balanced(text: str, opening: str, closing: str) -> bool:
    if opening not in text and closing not in text:
        return True
    depth = 0
    for letter in text:
        depth += (letter == opening) - (letter == closing)
        if depth < 0:
            return False
    return depth == 0


def check_direction(pair: Pair) -> Iterable[Finding]:
    target = pair.target
    opened = sum(target.count(mark) for mark in OPENING_MARKS)
    if opened != sum(target.count(mark) for mark in CLOSING_MARKS):
        yield error("direction", _("A mark that begins a direction of writing has no mark that ends it."))
    elif OVERRIDES.search(target):
        yield error("direction", _("A mark forces letters into the wrong order."))
    elif pair.language not in RIGHT_TO_LEFT and MARKS.search(target) and not MARKS.search(pair.source):
        yield error("direction", _("Invisible marks of direction in a text that is written from left to right."))
    if pair.language == "ar" and LATIN_POINT_IN_ARABIC.search(TAG.sub("", target)):
        yield warning("direction", _("Arabic has its own comma, semicolon and question mark: ، ؛ ؟"))


def check_spaces(pair: Pair) -> Iterable[Finding]:
    for at_end in (False, True):
        asked, found = edge(pair.source, at_end), edge(pair.target, at_end)
        if found and pair.language == "fr" and not at_end and FRENCH_SIGN.match(pair.target):
            continue
        if found != asked and (found or pair.language not in WITHOUT_SPACES):
            place = _("end") if at_end else _("beginning")
            yield error("spaces", _("Space at the %(place)s differs from the source.") % {"place": place})
    if DOUBLE_SPACE.search(pair.target) and not DOUBLE_SPACE.search(pair.source):
        yield warning("spaces", _("Two spaces in a row."))


def edge(text: str, at_end: bool) -> bool:
    return bool(text) and (text[-1] if at_end else text[0]) in MISPLACED
