"""The same numbers, however a language writes them: 1,000 and 1 000, 2.5 and 2,5, ٣ and 3, a month as a word."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from dfs_workflow.translation.quality.findings import Finding, Pair, error, listed
from dfs_workflow.translation.quality.number_words import MONTHS, WORDS
from dfs_workflow.translation.quality.tokens import words_only

SPACES = "\u00a0\u202f\u2009 "
NUMBER = re.compile(rf"\d+(?:(?:[.,٫٬’'](?=\d)|[{SPACES}](?=\d{{3}}(?!\d)))\d+)*")
SEPARATOR = re.compile(rf"[.,٫٬’'{SPACES}]")
LETTER = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
# Hundred, thousand and million multiply: "5 million" is 5000000 in one language and 500万 in another.
MULTIPLIERS = re.compile(
    r"\b(?:hundred|thousand|million|billion|mille|millions?|milliards?|mil|millones|тыс\w*|миллион\w*|млн)\b"
    r"|ألف|مليون|مليار|[百千万亿]"
)
ACRONYM = re.compile(r"[A-Za-zА-Я][A-Za-z0-9]*\d[A-Za-z0-9]*(?:\.\d+)*|\d+[A-Za-z]+\d*")


def check_numbers(pair: Pair) -> Iterable[Finding]:
    source, target = ascii_digits(words_only(pair.source)), ascii_digits(words_only(pair.target))
    if MULTIPLIERS.search(source.lower()) or MULTIPLIERS.search(target.lower()):
        return
    wanted, found = Counter(numbers(source)), Counter(numbers(target))
    missing = (wanted - found) - spelled(target, pair.language)
    added = (Counter(numbers(ACRONYM.sub(" ", target))) - wanted) - spelled(source, pair.source_language)
    if missing:
        yield error("numbers", _("Number missing: %(list)s") % {"list": listed(missing)})
    if added:
        yield error("numbers", _("Number not in the source: %(list)s") % {"list": listed(added)})


def numbers(text: str) -> list[str]:
    return [SEPARATOR.sub("", number) for number in NUMBER.findall(text)]


def spelled(text: str, language: str) -> Counter[str]:
    """Numbers and months written as words, which the other language may write in digits."""
    words, months = WORDS.get(language, {}), MONTHS.get(language, {})
    found: Counter[str] = Counter()
    if language.startswith("zh"):
        found.update(number for word, number in words.items() for _match in range(text.count(word)))
        return found
    for word in LETTER.findall(without_vowel_marks(text).lower()):
        for table in (words, months):
            if word in table:
                found[table[word]] += 1
    return found


def without_vowel_marks(text: str) -> str:
    """Of Arabic; accents of other scripts stay."""
    if text.isascii():
        return text
    return "".join(letter for letter in text if not "\u064b" <= letter <= "\u0652")


def ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() and letter.isdecimal() else letter
        for letter in text
    )
