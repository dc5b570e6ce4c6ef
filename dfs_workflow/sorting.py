"""The alphabetical order of a language, as far as sorting titles and definitions needs it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters of their own in the alphabet, written so that they survive the loss of marks: ñ after n, й after и.
OWN_LETTERS = {"es": {"ñ": "n\uffff"}, "ru": {"й": "и\uffff"}}
ARABIC_ARTICLE = re.compile(r"^ال(?=\w{2})")


@lru_cache(maxsize=4096)
def sort_key(text: str, language: str) -> tuple[str, str]:
    """Marks, quotes and case do not count, except to tell apart what is otherwise equal."""
    folded = text.casefold()
    for letter, instead in OWN_LETTERS.get(language, {}).items():
        folded = folded.replace(letter, instead)
    if language == "zh-hans":  # the first level of GB 2312 is in the order of pinyin
        return folded.strip("“”「」").encode("gb18030").hex(), text
    bare = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    letters = "".join(char for char in bare if char.isalnum() or char.isspace() or char == "\uffff").strip()
    if language == "ar":
        letters = ARABIC_ARTICLE.sub("", letters)
    return letters, text
