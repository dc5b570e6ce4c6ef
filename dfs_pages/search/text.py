"""Words as the index keeps them: without endings and accents, the same for a text and for a question.

A word can have two forms in the index where people write it in two ways: with and without accents in French and
Spanish, with a joined “and” or “for” in Arabic. A question is found by either.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
LETTER = rf"(?![{HAN}_])[\w{MARKS}]"
# Runs of Chinese, or words; a reference or number such as SIM-MNO-03 or 12.7 stays together.
WORD = re.compile(rf"[{HAN}]+|(?:{LETTER})+(?:[-.](?:{LETTER})+)*")
PARTS = re.compile(r"[-.]")
STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian"}
# Every other Latin or Cyrillic language is kept as it is written, without accents.
ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
JOINED = "وفبلك"
ENDINGS = ("ات", "ون", "ين", "ان", "ها", "هم", "يه", "ه", "ي")
LONGEST = 40


def base(language: str) -> str:
    """`zh` for `zh-hans`."""
    return language.partition("-")[0].lower()


def words(text: str) -> list[str]:
    return WORD.findall(text)


def fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign != "\u0640")
    return plain.replace("ى", "ي").replace("ة", "ه").replace("ٱ", "ا")[:LONGEST]


def is_han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff" or "\uf900" <= word[0] <= "\ufaff"


@lru_cache(maxsize=65536)
def forms(word: str, language: str) -> tuple[str, ...]:
    """The forms of one word without hyphens, the usual one first."""
    plain = fold(word)
    if any(sign.isdigit() for sign in plain):
        return (plain,)
    code = base(language)
    if code == "ar" and re.match("[\u0600-\u06ff]", plain):
        return arabic_forms(plain)
    if code not in STEMMERS:
        return (plain,)
    stemmer = snowballstemmer.stemmer(STEMMERS[code])
    written = unicodedata.normalize("NFC", word.casefold()).replace("’", "'").replace("ё", "е")
    found = (fold(stemmer.stemWord(written)), fold(stemmer.stemWord(plain)))
    return found[:1] if found[0] == found[1] or code in {"en", "ru"} else found


def arabic_forms(plain: str) -> tuple[str, ...]:
    for article in ARTICLES:
        if plain.startswith(article) and len(plain) - len(article) >= 3:
            return (without_ending(plain[len(article) :]),)
    found = [without_ending(plain)]
    if plain[0] in JOINED and len(plain) >= 5:
        found.append(arabic_forms(plain[1:])[0])
    return tuple(found)


def without_ending(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def analyse(text: str, language: str) -> str:
    """What is written into the index, separated by spaces."""
    return " ".join(term for word in words(text) for term in indexed_terms(word, language))


@lru_cache(maxsize=65536)
def indexed_terms(word: str, language: str) -> tuple[str, ...]:
    """All that a question may ask for; `e-money` is found as “e money” and as “emoney”."""
    if is_han(word):
        return bigrams(word)
    parts = PARTS.split(word)
    if len(parts) == 1:
        return forms(word, language)
    return (*(term for part in parts for term in forms(part, language)), joined(word, language))


def joined(word: str, language: str) -> str:
    return forms(PARTS.sub("", word), language)[0]


def name_terms(name: str, language: str) -> tuple[str, ...]:
    """A name as it is looked up: the usual form of each word that says something."""
    found = words(name)
    said = [word for word in found if not is_stop_word(word, language)] or found
    return tuple(term for word in said for term in usual_terms(word, language))


def usual_terms(word: str, language: str) -> tuple[str, ...]:
    if is_han(word):
        return bigrams(word)
    return tuple(forms(part, language)[0] for part in PARTS.split(word))


def bigrams(run: str) -> tuple[str, ...]:
    return (run,) if len(run) == 1 else tuple(run[place : place + 2] for place in range(len(run) - 1))


# Words that say nothing about what is looked for, as they are folded.
STOP = {
    "en": "a about against all an and any are as at be been between but by can could did do does for from get has have "
    "how i if in into is it its may me must my need of on or our shall should so some than that the their them "
    "then there these they this those to us want was we were what when where which who whom why will with would you "
    "your",
    "fr": "a au aux avec ce ces cet cette comment d dans de des doit du elle en entre est et faut il ils j je l la le "
    "les leur leurs mes mon ne notre nous on ou par pas peut pour pourquoi qu quand que quel quelle quelles quels qui "
    "quoi sa se ses si son sont sur un une vos votre vous",
    "es": "a al como con cual cuales cuando de debe del donde e el ella en entre es esta este estas estos hay la las "
    "lo los mas me mi no nuestra nuestro o para pero por porque puede que quien se ser si sin sobre son su sus un una "
    "y",
    "ru": "а без бы в вам вас во все вы где для до его ее если есть за и из или их к как какие какой ко кто ли мне мы "
    "на над надо не нет но о об он она они от по под при про с со та такое так также то у что чтобы это этот",
    "ar": "ان او اي اين الذي التي الي عن علي في قد كيف لا لم لن لماذا ما ماذا متي مع من هذا هذه هل هو هي و يجب",
    "zh": "",
}  # fmt: skip
STOP_WORDS = {code: frozenset(text.split()) for code, text in STOP.items()}


def is_stop_word(word: str, language: str) -> bool:
    return fold(word) in STOP_WORDS.get(base(language), frozenset())
