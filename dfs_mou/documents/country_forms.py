"""Countries as they read inside a sentence, in English and French.

Names come from CLDR (through Babel). The tables below hold what no rule gives: gender, number, the names
that take no article, and a few names that read better another way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

# Names other than CLDR's: official short names, or names without CLDR's brackets.
NAMES = {
    "en": {
        "CD": "Democratic Republic of the Congo",
        "CG": "Republic of the Congo",
        "HK": "Hong Kong, China",
        "KN": "Saint Kitts and Nevis",
        "LC": "Saint Lucia",
        "MM": "Myanmar",
        "MO": "Macao, China",
        "VC": "Saint Vincent and the Grenadines",
    },
    "fr": {
        "CD": "République démocratique du Congo",
        "CG": "République du Congo",
        "HK": "Hong Kong (Chine)",
        "MM": "Myanmar",
        "MO": "Macao (Chine)",
        "SX": "Sint Maarten",
    },
    "es": {
        "CG": "República del Congo",
        "HK": "Hong Kong (China)",
        "MM": "Myanmar",
        "MO": "Macao (China)",
    },
    "ar": {
        "CC": "جزر كوكوس",
        "CD": "جمهورية الكونغو الديمقراطية",
        "CG": "جمهورية الكونغو",
        "HK": "هونغ كونغ (الصين)",
        "MM": "ميانمار",
        "MO": "ماكاو (الصين)",
    },
    "zh-hans": {
        "CD": "刚果民主共和国",
        "CG": "刚果共和国",
        "HK": "中国香港",
        "MO": "中国澳门",
    },
    "ru": {
        "AE": "Объединённые Арабские Эмираты",
        "BM": "Бермудские острова",
        "BS": "Багамские Острова",
        "CD": "Демократическая Республика Конго",
        "CF": "Центральноафриканская Республика",
        "CG": "Республика Конго",
        "GB": "Соединённое Королевство",
        "HK": "Гонконг (Китай)",
        "IM": "остров Мэн",
        "KG": "Кыргызстан",
        "KM": "Коморские Острова",
        "KP": "Корейская Народно-Демократическая Республика",
        "KY": "Каймановы острова",
        "MH": "Маршалловы Острова",
        "MM": "Мьянма",
        "MO": "Макао (Китай)",
        "SB": "Соломоновы Острова",
        "SC": "Сейшельские Острова",
        "TL": "Тимор-Лешти",
        "US": "Соединённые Штаты Америки",
        "VG": "Британские Виргинские острова",
    },
}

ENGLISH_ARTICLE = "AE BS CD CF CG DO GB GM IM KM KY MH MV NL PH PS US VG"

# A name in -e is feminine and any other masculine, except these.
FRENCH_KINDS = {
    "m": "BZ KH MX MZ SR ZW",
    "f": "CD CG GW KP KR MK",
    "p": "AE AS BM BS FJ KM KY MH MV NL PH PS PW SB SC TO US VG",  # plural
    # Without an article, with “à”: mostly islands and cities.
    "bare": "AG AI AW BH CU CW CY DJ GG GU HK JE KI KN LC MC MG MO MT MU NR OM SG SM ST SX TT TV TW VC",
    "en": "HT IL",  # without an article, with “en”
}
FRENCH_KIND = {code: kind for kind, codes in FRENCH_KINDS.items() for code in codes.split()}
# Where the rule for “in” gives something nobody says.
FRENCH_LOCATIVE = {
    "BB": "à la Barbade",
    "DM": "à la Dominique",
    "GD": "à la Grenade",
    "IM": "à l’Île de Man",
    "PS": "dans les Territoires palestiniens",
    "VA": "dans l’État de la Cité du Vatican",
}
# Official names that people type: the word they begin with decides.
FRENCH_HEADS = {
    "République": "f",
    "Fédération": "f",
    "Principauté": "f",
    "Confédération": "f",
    "Royaume": "m",
    "Grand-Duché": "m",
    "Sultanat": "m",
    "Union": "f",
    "État": "m",
    "États": "p",
    "Émirats": "p",
    "Îles": "p",
}
ENGLISH_HEADS = re.compile(
    r"(Republic|Kingdom|Federation|State|States|Union|Commonwealth|Principality|Sultanate|Co-operative|United|"
    r"Federal|Federative|Federated|Islamic|Hashemite|Democratic|People’s|People's|Plurinational|Bolivarian|Lao|"
    r"Arab|Syrian|Dominican|Eastern|Independent|Grand|Swiss|Russian)\b"
)
ASPIRATED = ("Honduras", "Hongrie", "Hong", "Haut")


@lru_cache(None)
def country_name(iso2: str, language: str) -> str | None:
    """The short name of a country, None where neither CLDR nor we have one."""
    own = NAMES.get(language, {}).get(iso2)
    if own:
        return own
    try:
        name = Locale.parse(language.replace("-", "_")).territories.get(iso2)
    except (UnknownLocaleError, ValueError):
        return None
    return name.replace(" & ", " and ") if name and language == "en" else name


@lru_cache(None)
def codes_by_name(language: str) -> dict[str, str]:
    codes = Locale.parse(language).territories
    return {name: code for code in codes if len(code) == 2 and (name := country_name(code, language))}


def english_locative(name: str) -> str:
    return f"in {_english_definite(name)}"


def english_genitive(name: str) -> str:
    return f"of {_english_definite(name)}"


def _english_definite(name: str) -> str:
    if name.startswith("The "):
        return "t" + name[1:]
    code = codes_by_name("en").get(name)
    takes = code in ENGLISH_ARTICLE.split() if code else bool(ENGLISH_HEADS.match(name))
    return f"the {name}" if takes else name


def french_locative(name: str) -> str:
    code = codes_by_name("fr").get(name)
    if code in FRENCH_LOCATIVE:
        return FRENCH_LOCATIVE[code]
    kind = _french_kind(name, code)
    if kind is None:
        return f"dans le pays dénommé {name}"
    if kind == "p":
        return f"aux {name}"
    if kind == "bare":
        return f"à {name}"
    if kind == "f" or kind == "en" or begins_with_vowel(name):
        return f"en {name}"
    return f"au {name}"


def french_genitive(name: str) -> str:
    code = codes_by_name("fr").get(name)
    kind = _french_kind(name, code)
    if kind is None:
        return f"du pays dénommé {name}"
    if kind == "p":
        return f"des {name}"
    if kind in ("bare", "en"):
        return f"d’{name}" if begins_with_vowel(name) else f"de {name}"
    if begins_with_vowel(name):
        return f"de l’{name}"
    return f"de la {name}" if kind == "f" else f"du {name}"


def _french_kind(name: str, code: str | None) -> str | None:
    """f, m, p(lural), bare, en; None for a name we know nothing about."""
    if code is None:
        return FRENCH_HEADS.get(re.split(r"[\s-]", name)[0]) or FRENCH_HEADS.get(name.split(" ")[0])
    return FRENCH_KIND.get(code) or ("f" if name.endswith("e") else "m")


def begins_with_vowel(name: str) -> bool:
    """Whether French elides before this name."""
    return not name.startswith(ASPIRATED) and name[:1].lower() in "aàâäæeéèêëhiîïoôöœuùûü"
