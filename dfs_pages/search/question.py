"""A typed question, understood in each language it may be answered in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dfs_pages.search import text, words
from dfs_pages.search.indexing import SHORTEST_WORD

LONGEST = 200
MOST_WORDS = 16
AS_TYPED, BEGINNING, SYNONYM, SLIP = 1.0, 0.85, 0.7, 0.6


@dataclass(frozen=True)
class Answer:
    """One way to answer a part of a question: all of its terms together."""

    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Part:
    """One or more words of a question and all the ways to answer them; without any, nothing is found."""

    typed: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Question:
    text: str
    exact: tuple[str, ...]
    parts: Mapping[str, Sequence[Part]]
    corrected: str = ""


@dataclass(frozen=True)
class Piece:
    """A word of the question, or two signs of Chinese, and the ways it may be written in the index."""

    word: str
    usual: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, word: str, language: str) -> "Piece":
        usual = text.usual_terms(word, language)
        if text.PARTS.search(word):
            return cls(word, usual, ((text.joined(word, language),), usual))
        return cls(word, usual, tuple((form,) for form in text.forms(word, language)))


def read(typed: str, languages: Sequence[str]) -> Question:
    """The first languages are the reader's: only in these are unknown words completed or corrected."""
    shown = " ".join(typed.replace("\0", " ").split())[:LONGEST]
    found = text.words(shown)[:MOST_WORDS]
    pieces = {language: pieces_of(found, language) for language in languages}
    known = words.known_terms(
        {language: {term for piece in row for way in piece.ways for term in way} for language, row in pieces.items()}
    )
    same = words.synonyms()
    parts = {language: parts_of(row, language, known, same) for language, row in pieces.items()}
    reader = languages[:2]
    parts, corrected = complete(parts, reader, shown)
    numbers = [word for word in found if any(map(str.isdigit, word))]
    exact = tuple(dict.fromkeys(word.upper() for word in [shown, *numbers]))
    return Question(shown, exact, parts, corrected)


def pieces_of(found: Sequence[str], language: str) -> list[Piece]:
    said = [word for word in found if not text.is_stop_word(word, language)] or found
    rows: list[Piece] = []
    for word in said:
        if text.is_han(word):
            rows += [Piece(pair, (pair,), ((pair,),)) for pair in text.bigrams(word)]
        else:
            rows.append(Piece.of(word, language))
    return rows


def parts_of(pieces: Sequence[Piece], language: str, known: set[tuple[str, str]], same: words.Synonyms) -> list[Part]:
    """The longest names of the glossary first; what is left is asked for word by word."""
    parts, place = [], 0
    while place < len(pieces):
        for end in range(min(len(pieces), place + max(1, same.longest)), place, -1):
            run = pieces[place:end]
            others = names_of(run, language, same)
            if others or end == place + 1:
                break
        answers = [Answer(way, AS_TYPED) for way in ways_of(run) if is_known(way, language, known)]
        answers += [Answer(names, SYNONYM) for names in others]
        parts.append(Part(tuple(piece.word for piece in run), tuple(answers)))
        place = end
    return parts


def ways_of(run: Sequence[Piece]) -> list[tuple[str, ...]]:
    if len(run) == 1:
        return list(run[0].ways)
    return [tuple(term for piece in run for term in piece.usual)]


def is_known(way: tuple[str, ...], language: str, known: set[tuple[str, str]]) -> bool:
    """Very short words are not kept in the list of words."""
    return all(len(term) < SHORTEST_WORD or (language, term) in known for term in way)


def names_of(run: Sequence[Piece], language: str, same: words.Synonyms) -> words.Names:
    """The words may have been typed in any language, so they are read in each."""
    found: dict[tuple[str, ...], None] = {}
    for code in text.STOP:
        if (code, text.usual_terms(run[0].word, code)[0]) not in same.starts:
            continue
        terms = tuple(term for piece in run for term in text.usual_terms(piece.word, code))
        for concept in same.concepts.get((code, terms), ()):
            found.update(dict.fromkeys(same.names.get((concept, text.base(language)), ())))
    for way in ways_of(run):
        found.pop(way, None)
    return tuple(found)


def complete(parts: dict[str, list[Part]], reader: Sequence[str], shown: str) -> tuple[dict[str, list[Part]], str]:
    """A word that no text of the reader's languages has: the beginning of one, or else a slip."""
    answered = {part.typed for language in reader for part in parts[language] if part.answers}
    unknown = {part.typed: part for language in reader for part in parts[language] if part.typed not in answered}
    corrected = shown
    for typed in unknown:
        found = completions(typed[0], reader)
        for language, (answers, near) in found.items():
            row = parts[language]
            parts[language] = [replace(part, answers=answers) if part.typed == typed else part for part in row]
            if near:
                corrected = corrected.replace(typed[0], near)
                break
    return parts, "" if corrected == shown else corrected


def completions(word: str, reader: Sequence[str]) -> dict[str, tuple[tuple[Answer, ...], str]]:
    plain = text.fold(word)
    if begun := words.beginnings(plain, reader):
        return {
            language: (tuple(Answer((term,), BEGINNING) for term in dict.fromkeys(term for _word, term in rows)), "")
            for language, rows in begun.items()
        }
    for language in reader:
        if near := words.nearest(plain, language):
            return {language: (tuple(Answer((term,), SLIP) for _word, term in near), near[0][0])}
    return {}


def unfinished(question: Question, reader: Sequence[str]) -> Question:
    """While somebody types, the last word may be the beginning of another one."""
    last = (text.words(question.text) or [""])[-1]
    parts = dict(question.parts)
    for language, begun in words.beginnings(text.fold(text.PARTS.sub("", last)), reader).items():
        row = list(parts[language])
        if row and row[-1].typed[-1] == last:
            answers = [*row[-1].answers, *(Answer((term,), BEGINNING) for _word, term in begun)]
            parts[language] = [*row[:-1], replace(row[-1], answers=tuple(dict.fromkeys(answers)))]
    return replace(question, parts=parts)
