"""Countries as they read inside a Russian sentence, and words that agree with a number before them.

The Russian text names institutions in the nominative only, so that their names need no declension. A country that CLDR
does not know is named in quotation marks, after a noun of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dfs_mou.documents.country_forms import codes_by_name
from dfs_mou.documents.document import Span, Spans

LOCATIVE, GENITIVE = 0, 1
# The noun that an official name is built on: what follows it stays as it is (в Республике Корея).
HEADS = {
    "Государство": ("Государстве", "Государства"),
    "Княжество": ("Княжестве", "Княжества"),
    "Королевство": ("Королевстве", "Королевства"),
    "Острова": ("Островах", "Островов"),
    "Республика": ("Республике", "Республики"),
    "Союз": ("Союзе", "Союза"),
    "Султанат": ("Султанате", "Султаната"),
    "Федерация": ("Федерации", "Федерации"),
    "Штаты": ("Штатах", "Штатов"),
    "Эмираты": ("Эмиратах", "Эмиратов"),
    "остров": ("острове", "острова"),
    "острова": ("островах", "островов"),
    "территории": ("территориях", "территорий"),
}
IRREGULAR = {
    "Гвинея-Бисау": ("Гвинее-Бисау", "Гвинеи-Бисау"),
    "Гренадины": ("Гренадинах", "Гренадин"),
    "Египет": ("Египте", "Египта"),
    "Израиль": ("Израиле", "Израиля"),
    "Маврикий": ("Маврикии", "Маврикия"),
    "Мальдивы": ("Мальдивах", "Мальдив"),
    "Нидерланды": ("Нидерландах", "Нидерландов"),
    "Тайвань": ("Тайване", "Тайваня"),
    "Филиппины": ("Филиппинах", "Филиппин"),
}
UNCHANGED = re.compile(r"(?:Антигуа|Никарагуа|Папуа|Самоа|—|.*[иоуэ]|.*(?<![иыо])е)$")
ABBREVIATED = "о-в"  # the islands of CLDR that no directory row needs
# The end of a word, then how it ends after “in” and after “of”. The first that fits.
ENDINGS = [
    (re.compile(pattern), forms)
    for pattern, forms in (
        (r"ая$", ("ой", "ой")),
        (r"ие$", ("их", "их")),
        (r"ые$", ("ых", "ых")),
        (r"(?<=[ио]в)ы$", ("ых", "ых")),
        (r"ое$", ("ом", "ого")),
        (r"ый$", ("ом", "ого")),
        (r"ия$", ("ии", "ии")),
        (r"я$", ("е", "и")),
        (r"(?<=[гкхжшчщ])а$", ("е", "и")),
        (r"а$", ("е", "ы")),
        (r"ь$", ("и", "и")),
        (r"й$", ("е", "я")),
        (r"$", ("е", "а")),
    )
]
ON = re.compile(  # islands that one is “on”
    r"(?:Ангилья|Аруба|Барбадос|Гаити|Гернси|Гуам|Джерси|Кипр|Куба|Кюрасао|Маврикий|Мадагаскар|Мальдивы|Мальта"
    r"|Синт-Мартен|Тайвань|Фиджи|Филиппины|Ямайка)$|.*\b[Оо]стров|.*территории$"
)
HARD_TO_SAY = re.compile(r"[ВФ][^аеёиоуыэюя]")

# After a number that ends in one, these words of a time limit stand in the singular: в течение 21 дня.
SINGULAR = {
    "секунд": "секунды",
    "минут": "минуты",
    "часов": "часа",
    "дней": "дня",
    "рабочих дней": "рабочего дня",
    "Рабочих дней": "Рабочего дня",
    "календарных дней": "календарного дня",
    "месяцев": "месяца",
    "лет": "года",
    "членов": "члена",
    "подлинников": "подлинника",
}
COUNTED = re.compile(rf"^([ \u00a0])({'|'.join(sorted(SINGULAR, key=len, reverse=True))})\b")
ENDS_IN_ONE = re.compile(r"(?:.*[^1])?1$")


def russian_country_locative(name: str) -> str:
    if not _can_decline(name):
        return f"в стране «{name}»"
    preposition = "на" if ON.match(name) else "во" if HARD_TO_SAY.match(name) else "в"
    return f"{preposition} {_declined(name, LOCATIVE)}"


def russian_country_genitive(name: str) -> str:
    return _declined(name, GENITIVE) if _can_decline(name) else f"страны «{name}»"


def agreeing(spans: Spans) -> Spans:
    """The text after an answer in the number that the answer asks for."""
    return tuple(_agreeing(spans))


def _agreeing(spans: Spans) -> Iterator[Span]:
    before = None
    for span in spans:
        if before and before.kind == "value" and span.kind == "text" and ENDS_IN_ONE.match(before.text):
            span = replace(span, text=COUNTED.sub(lambda found: found[1] + SINGULAR[found[2]], span.text))
        yield span
        before = span


def _can_decline(name: str) -> bool:
    if ABBREVIATED in name:
        return False
    return name in codes_by_name("ru") or any(word in HEADS for word in name.split(" "))


def _declined(name: str, case: int) -> str:
    words = name.split(" ")
    ends = [index + 1 for index, word in enumerate(words) if word in HEADS]
    ends += [index for index, word in enumerate(words) if word.startswith("(")]
    end = min(ends, default=len(words))
    return " ".join([*(_word(word, case) for word in words[:end]), *words[end:]])


def _word(word: str, case: int) -> str:
    if known := HEADS.get(word) or IRREGULAR.get(word):
        return known[case]
    if UNCHANGED.match(word):
        return word
    pattern, forms = next(row for row in ENDINGS if row[0].search(word))
    return pattern.sub(forms[case], word, count=1)
