"""What is known of words: the terms of the glossary in all languages, the words of the texts, and their slips."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dfs_pages.models import GlossaryTerm, SearchWord
from dfs_pages.search import text
from dfs_pages.search.state import state
from dfs_workflow.query import public

Names = tuple[tuple[str, ...], ...]
MOST_BEGINNINGS = 24
MOST_NEAR = 3
SHORTEST_BEGINNING = 3
SHORTEST_SLIP, LONG = 4, 9


@dataclass(frozen=True)
class Synonyms:
    """For the terms a question holds, in whatever language, the names of the same thing in each language; `starts` are
    the first terms of all of them."""

    concepts: Mapping[tuple[str, tuple[str, ...]], frozenset[object]]
    starts: frozenset[tuple[str, str]]
    names: Mapping[tuple[object, str], Names]
    longest: int


def synonyms() -> Synonyms:
    """Made once in each process after each publication."""
    return synonyms_of(state())


@lru_cache(maxsize=2)
def synonyms_of(kept_for: str) -> Synonyms:
    concepts: dict[tuple[str, tuple[str, ...]], set[object]] = defaultdict(set)
    names: dict[tuple[object, str], dict[tuple[str, ...], None]] = defaultdict(dict)
    rows = public(GlossaryTerm.objects.all()).order_by("pk")
    for key, term, acronym, language in rows.values_list("translation_key", "term", "acronym", "locale__language_code"):
        for name in filter(None, (term, acronym)):
            terms = text.name_terms(name, language)
            if terms:
                concepts[text.base(language), terms].add(key)
                names[key, text.base(language)][terms] = None
    # An acronym is the same in every language, also where the term is not translated.
    for key, acronym in rows.exclude(acronym="").values_list("translation_key", "acronym"):
        for code in text.STOP:
            names[key, code][(text.fold(acronym),)] = None
    longest = max((len(terms) for _code, terms in concepts), default=0)
    return Synonyms(
        {place: frozenset(found) for place, found in concepts.items()},
        frozenset((code, terms[0]) for code, terms in concepts),
        {place: tuple(found) for place, found in names.items()},
        longest,
    )


def known_terms(asked: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Which of the terms stand somewhere in texts of the language; one query for all."""
    every = set().union(*asked.values())
    rows = SearchWord.objects.filter(term__in=every).order_by().values_list("language", "term").distinct()
    return {(language, term) for language, term in rows if term in asked.get(language, ())} if every else set()


def beginnings(start: str, languages: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """For each language the words, with their terms, that begin so."""
    if len(start) < SHORTEST_BEGINNING:
        return {}
    rows = SearchWord.objects.filter(language__in=list(languages), word__gte=start, word__lt=start + "\U0010ffff")
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for language, word, term in rows.order_by("word").values_list("language", "word", "term")[:200]:
        if len(found[language]) < MOST_BEGINNINGS and word.startswith(start):
            found[language].append((word, term))
    return found


def nearest(word: str, language: str) -> list[tuple[str, str]]:
    """Known words that differ by one slip, or by two where the word is long: (word, term), best first."""
    if len(word) < SHORTEST_SLIP or text.is_han(word) or any(sign.isdigit() for sign in word):
        return []
    slips = 1 if len(word) < LONG else 2
    known = dict(SearchWord.objects.filter(language=language).order_by("pk").values_list("word", "term"))
    found = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=slips, limit=MOST_NEAR)
    ordered = sorted(found, key=lambda hit: (hit[1], hit[0][:1] != word[:1], abs(len(hit[0]) - len(word)), hit[0]))
    best = ordered[0][1] if ordered else 0
    return [(near, known[near]) for near, distance, _place in ordered if distance == best]
