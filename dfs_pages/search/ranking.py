"""The order of the best rows, the same on every database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p

from dfs_pages.search.matching import Entry
from dfs_pages.search.question import Answer, Part, Question

TITLE, LEAD, BODY = 6.0, 3.0, 0.9
PHRASE_IN_TITLE, PHRASE_IN_LEAD, PHRASE_IN_BODY = 5.0, 2.5, 1.0
SAME_TITLE, EXACT = 12.0, 1000.0
OWN_LANGUAGE = 1.1
# What is about the site itself stands behind what it is there for.
KINDS = {"homepage": 0.5, "indexpage": 0.7, "plainpage": 0.85, "chapterpage": 1.1, "cataloguepage": 1.1}


@dataclass(frozen=True)
class Texts:
    """The three parts of a row with a space at both ends, so that whole words are found."""

    title: str
    lead: str
    body: str
    title_words: int

    @classmethod
    def of(cls, entry: Entry) -> "Texts":
        title = entry.terms_title
        return cls(f" {title} ", f" {entry.terms_lead} ", f" {entry.terms_body} ", max(1, title.count(" ") + 1))


def ranked(entries: Sequence[Entry], question: Question, language: str) -> list[Entry]:
    """`entries` in the order of the database, which decides between equals."""
    texts = {entry.id: Texts.of(entry) for entry in entries}
    values = {entry.id: values_of(entry, texts[entry.id], question) for entry in entries}
    rarity = {code: rarity_of(entries, values, code) for code in {entry.language for entry in entries}}
    scores = {
        entry.id: score(entry, texts[entry.id], values[entry.id], question, rarity[entry.language], language)
        for entry in entries
    }
    # References are counted within each kind, so they put equals in the same order everywhere.
    return sorted(entries, key=lambda entry: (-round(scores[entry.id], 6), entry.reference or "~", entry.title))


def values_of(entry: Entry, texts: Texts, question: Question) -> list[float]:
    """How well each part of the question is answered."""
    parts = question.parts.get(entry.language, ())
    return [max((value_of(answer, texts) * answer.weight for answer in part.answers), default=0.0) for part in parts]


def rarity_of(entries: Sequence[Entry], values: Mapping[int, Sequence[float]], language: str) -> list[float]:
    """How much each part of the question says, by how many of the rows have it."""
    own = [values[entry.id] for entry in entries if entry.language == language]
    return [log(1 + len(own) / (sum(map(bool, part)) or 1)) for part in zip(*own, strict=True)]


def score(
    entry: Entry, texts: Texts, values: Sequence[float], question: Question, rarity: Sequence[float], language: str
) -> float:
    parts = question.parts.get(entry.language, ())
    covered = sum(weight for value, weight in zip(values, rarity, strict=True) if value) / (sum(rarity) or 1)
    total = sum(value * weight for value, weight in zip(values, rarity, strict=True)) * covered**2
    total += whole(parts, texts)
    total *= KINDS.get(entry.kind, 1.0) * (OWN_LANGUAGE if entry.language == language else 1.0)
    if question.exact and {entry.reference, entry.number} & set(question.exact):
        total += EXACT
    return total


def value_of(answer: Answer, texts: Texts) -> float:
    """Nothing unless every term of it is there."""
    values = [value_of_term(f" {term} ", texts) for term in answer.terms]
    return sum(values) / len(values) if all(values) else 0.0


def value_of_term(term: str, texts: Texts) -> float:
    value = 0.0
    if term in texts.title:
        value += TITLE * (0.6 + 0.4 / texts.title_words**0.5)
    if term in texts.lead:
        value += LEAD
    if times := texts.body.count(term):
        value += BODY * log1p(times)
    return value


def whole(parts: Sequence[Part], texts: Texts) -> float:
    """The words of the question beside each other, in its order."""
    terms = [answer.terms[0] for part in parts for answer in part.answers[:1]]
    phrase = f" {' '.join(terms)} "
    if not terms:
        return 0.0
    if texts.title == phrase:
        return SAME_TITLE
    if len(terms) < 2:
        return 0.0
    found = ((phrase in texts.title, PHRASE_IN_TITLE), (phrase in texts.lead, PHRASE_IN_LEAD))
    return max((value for is_there, value in found if is_there), default=PHRASE_IN_BODY * (phrase in texts.body))


def found_terms(entry: Entry, question: Question) -> frozenset[str]:
    """What is marked in a result: the terms of all answers that are wholly there."""
    texts = Texts.of(entry)
    answers = [answer for part in question.parts.get(entry.language, ()) for answer in part.answers]
    return frozenset(term for answer in answers if value_of(answer, texts) for term in answer.terms)
