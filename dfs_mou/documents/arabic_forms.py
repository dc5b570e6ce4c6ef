"""Names as they read inside an Arabic sentence, and words that agree with the number before them.

The Arabic text joins no preposition to a name. After a number it says “of the hours”, which no grammar faults and which
stays where the number is left to fill; where it is known, the word takes the form that the number asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dfs_mou.documents.document import Span, Spans

ARABIC_LETTER = re.compile("[\u0621-\u064a]")
BANK, OTHER = "البنك المركزي المسمى", "المؤسسة المسماة"


@dataclass(frozen=True)
class Counted:
    one: str
    two: str
    few: str  # from three to ten
    many: str  # from eleven to ninety-nine
    hundred: str


COUNTED = {
    "الثواني": Counted("ثانية واحدة", "ثانيتين", "ثوان", "ثانية", "ثانية"),
    "الدقائق": Counted("دقيقة واحدة", "دقيقتين", "دقائق", "دقيقة", "دقيقة"),
    "الساعات": Counted("ساعة واحدة", "ساعتين", "ساعات", "ساعة", "ساعة"),
    "الأيام": Counted("يوم واحد", "يومين", "أيام", "يوماً", "يوم"),
    "أيام العمل": Counted("يوم عمل واحد", "يومي عمل", "أيام عمل", "يوم عمل", "يوم عمل"),
    "الأشهر": Counted("شهر واحد", "شهرين", "أشهر", "شهراً", "شهر"),
    "السنوات": Counted("سنة واحدة", "سنتين", "سنوات", "سنة", "سنة"),
}
OF_THE = re.compile(rf"^ من ({'|'.join(COUNTED)})(?![\u0621-\u064a])")
NUMBER = re.compile(r"[0-9]{1,6}")


def arabic_institution(name: str) -> str:
    """A name in another script follows an Arabic noun, so that the sentence has a word to agree with."""
    if ARABIC_LETTER.search(name):
        return name
    return f"{BANK if re.search('ban[ckq]', name.lower()) else OTHER} «{name}»"


def arabic_country_locative(name: str) -> str:
    return f"في {name}"


def agreeing(spans: Spans) -> Spans:
    """Each number of a time limit with its unit: 24 ساعة, 3 أشهر; one and two are said in a word: ساعتين (2)."""
    return tuple(_agreeing(spans))


def _agreeing(spans: Spans) -> Iterator[Span]:
    rest = list(spans)
    while rest:
        span = rest.pop(0)
        after = OF_THE.match(rest[0].text) if rest and rest[0].kind == "text" else None
        if not after or span.kind != "value" or not NUMBER.fullmatch(span.text):
            yield span
            continue
        unit, number = COUNTED[after[1]], int(span.text)
        following = rest.pop(0)
        word = _word(unit, number)
        before, behind = (f"{word} (", ")") if number in (1, 2) else ("", f" {word}")
        if before:
            yield replace(following, text=before)
        yield span
        rest.insert(0, replace(following, text=behind + following.text[after.end() :]))


def _word(unit: Counted, number: int) -> str:
    if number in (1, 2):
        return unit.one if number == 1 else unit.two
    last = number % 100
    if 3 <= last <= 10:
        return unit.few
    return unit.many if last > 10 else unit.hundred
