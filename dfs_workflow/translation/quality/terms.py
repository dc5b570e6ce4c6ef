"""Words of the termbase: forbidden ones are errors, a missing approved one is a warning."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dfs_workflow.translation.quality.findings import Finding, Pair, error, warning
from dfs_workflow.translation.quality.numbers import without_vowel_marks
from dfs_workflow.translation.quality.tokens import words_only

ENDING = 3  # letters of a word that inflection may change


@dataclass(frozen=True)
class Term:
    """One concept: how the source says it, and how the other language may and may not."""

    source: str
    approved: Sequence[str] = ()
    admitted: Sequence[str] = ()
    forbidden: Sequence[str] = ()


def check_terms(pair: Pair, terms: Iterable[Term]) -> Iterable[Finding]:
    source, target = words_only(pair.source), words_only(pair.target)
    concerned = concerned_by(source, terms)
    longest = longest_of(concerned)
    allowed = [word for term in concerned for word in (*term.approved, *term.admitted)]
    for term in concerned:
        fine = [word for word in allowed if word not in term.forbidden]
        for word in term.forbidden:
            around = [each for each in fine if not is_inside(each, word, pair.language)]
            if contains(without(target, around, pair.language), word, exact=False, language=pair.language):
                best = ", ".join(term.approved)
                yield error(
                    "forbidden", _("“%(word)s” is not used for “%(term)s”: %(best)s") % word_parts(word, term, best)
                )
    for term in longest:
        words = (*term.approved, *term.admitted)
        if term.approved and not any(contains(target, word, exact=False, language=pair.language) for word in words):
            best = ", ".join(words)
            yield warning("terms", _("“%(term)s” is usually translated as: %(best)s") % word_parts("", term, best))


def terms_in(text: str, terms: Iterable[Term]) -> list[Term]:
    """What a translator of this text has to know; of “mobile wallet” not “wallet” as well."""
    return longest_of(concerned_by(words_only(text), terms))


def concerned_by(text: str, terms: Iterable[Term]) -> list[Term]:
    """Looked for in two steps, as nearly all terms are in nearly none of the texts."""
    folded = without_vowel_marks(text).lower()
    likely = (term for term in terms if without_vowel_marks(term.source).lower().split()[0] in folded)
    return [term for term in likely if contains(text, term.source, exact=True)]


def longest_of(terms: Sequence[Term]) -> list[Term]:
    return [term for term in terms if not any(is_part(term, other) for other in terms)]


def word_parts(word: str, term: Term, best: str) -> dict[str, str]:
    return {"word": word, "term": term.source, "best": best}


def is_part(term: Term, other: Term) -> bool:
    """“Wallet” in “mobile wallet”: the longer one decides."""
    return term is not other and contains(other.source, term.source, exact=True) and other.source != term.source


def is_inside(word: str, longer: str, language: str) -> bool:
    """“SIM”, which is allowed, in a forbidden “permutation de SIM”: it excuses nothing."""
    one, other = (word, longer) if language.startswith("zh") else (word.split(), longer.split())
    return len(one) < len(other) and contains(longer, word, exact=False, language=language)


def contains(text: str, words: str, *, exact: bool, language: str = "en") -> bool:
    return bool(pattern(words, exact, language).search(without_vowel_marks(text)))


def without(text: str, words: Iterable[str], language: str) -> str:
    for word in words:
        text = pattern(word, False, language).sub(" ", without_vowel_marks(text))
    return text


def pattern(words: str, exact: bool, language: str) -> re.Pattern[str]:
    """The words in their order; unless exact, each may end in another way, and Arabic ones may begin so."""
    words = without_vowel_marks(words)
    if language.startswith("zh"):
        return re.compile(re.escape(words), re.IGNORECASE)
    parts = words.split()
    if exact:
        # “IT” is a term and “it” is none.
        case = re.NOFLAG if words.isupper() else re.IGNORECASE
        return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?:s|es)?(?!\w)", case)
    before = r"(?:[وفبكل]{0,2}(?:ال|لل)?)" if language == "ar" else ""
    stems = [before + re.escape(stem(part.removeprefix("ال") if before else part)) + r"\w*" for part in parts]
    return re.compile(r"(?<!\w)" + r"\s+".join(stems), re.IGNORECASE)


def stem(word: str) -> str:
    if len(word) <= ENDING or not word.isalpha() or word.isupper():
        return word
    return word[: max(ENDING, len(word) - ENDING)]
