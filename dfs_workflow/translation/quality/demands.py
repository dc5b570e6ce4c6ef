"""Whether two wordings of one language ask for the same: the same numbers, negations and words of strength, in order.

Stricter than a redline, which counts them: “A shall, B may” and “A may, B shall” count alike.
"""

import re

from dfs_workflow.redline import NUMBER, found_words
from dfs_workflow.translation.quality.number_words import WORDS
from dfs_workflow.translation.quality.numbers import without_vowel_marks

ARTICLES = {"a", "an", "un", "une", "una"}
LARGER = {
    "en": "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred thousand million billion half quarter twice thrice"
}
LETTERS = re.compile(r"[^\W\d_]+")


def same_demands(before: str, after: str, language: str) -> bool:
    return before == after or demands(before, language.lower()) == demands(after, language.lower())


def demands(text: str, language: str) -> tuple[list[str], list[str], list[str]]:
    numbers = [re.sub(r"\s", "", found.group()) for found in NUMBER.finditer(text)]
    return found_words(text, language), numbers, spelled(text, language)


def spelled(text: str, language: str) -> list[str]:
    known = (WORDS.get(language, {}).keys() | set(LARGER.get(language, "").split())) - ARTICLES
    if language.startswith("zh"):
        return [letter for letter in text if letter in known]
    return [word for word in LETTERS.findall(without_vowel_marks(text).lower()) if word in known]
