"""What differs between two wordings of one text, word by word. Pure: it knows no page, request or database.

`compare` gives pieces for a template (`{% redline %}`) and says which normative words and numbers came or went, in
words, so that nobody has to find a lost “not” by its colour.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

# Words that make a sentence binding, permissive or negative, each as it is written in running text.
NORMATIVE = {
    "en": "must shall should may can cannot will could might ought not never no none neither nor without only unless "
    "except required requires recommended permitted allowed prohibited forbidden mandatory optional",
    "fr": "doit doivent devra devront devrait devraient peut peuvent pourra pourront pourrait faut ne pas jamais aucun "
    "aucune ni sans uniquement seulement sauf interdit interdite obligatoire facultatif recommandé recommandée",
    "es": "debe deben deberá deberán debería deberían puede pueden podrá podrán no nunca ningún ninguna ni sin "
    "solo únicamente salvo prohibido prohibida obligatorio obligatoria opcional recomendado recomendada",
    "ru": "должен должна должно должны обязан обязана обязаны следует может могут можно нельзя не ни никогда без "
    "только запрещается запрещено необходимо обязательно рекомендуется",
    "ar": "يجب ينبغي يتعين يلزم يجوز يمكن لا لم لن ليس ليست غير دون بدون فقط إلا يحظر يُحظر إلزامي اختياري",
    "zh": "必须 应当 应该 应 须 不得 不应 不能 不可 不 禁止 可以 可 仅 只 无需 建议",
}
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
NUMBER = re.compile(r"\d+(?:[.,:/\u066b\u066c]\d+)*\s?[%\u066a]?")
WORD = rf"(?:(?![{HAN}\d])[\w{MARKS}])+(?:['’\-](?:(?![{HAN}])[\w{MARKS}])+)*"
TOKEN = re.compile(rf"\s+|[{HAN}]|{NUMBER.pattern}|{WORD}|.")
SENTENCE = re.compile(r"[^.!?。！？؟\n]*[.!?。！？؟\n]*\s*", re.DOTALL)
# Above this many pairs of words, sentences are compared first and words only within sentences that differ.
MOST_PAIRS = 2_000_000


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Redline:
    """All `same` and `removed` pieces make the text before, all `same` and `added` pieces the text after."""

    pieces: Sequence[Piece]
    words_added: Sequence[str] = field(default=())
    words_removed: Sequence[str] = field(default=())
    numbers_added: Sequence[str] = field(default=())
    numbers_removed: Sequence[str] = field(default=())

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != Kind.SAME for piece in self.pieces)

    @property
    def is_normative(self) -> bool:
        """Whether what is asked of somebody may differ, and not only how it is said."""
        return bool(self.words_added or self.words_removed or self.numbers_added or self.numbers_removed)


def compare(before: str, after: str, language: str = "en") -> Redline:
    words_before, words_after = normative_words(before, language), normative_words(after, language)
    numbers_before, numbers_after = numbers(before), numbers(after)
    return Redline(
        pieces=tuple(merged(differing(before, after))),
        words_added=listed(words_after - words_before),
        words_removed=listed(words_before - words_after),
        numbers_added=listed(numbers_after - numbers_before),
        numbers_removed=listed(numbers_before - numbers_after),
    )


def listed(found: Counter[str]) -> tuple[str, ...]:
    return tuple(found.elements())


def normative_words(text: str, language: str) -> Counter[str]:
    return Counter(found_words(text, language))


def found_words(text: str, language: str) -> list[str]:
    """In the order of the text. A language that isn't known has none; `zh-hans` is `zh`."""
    code = language.partition("-")[0]
    words = sorted(NORMATIVE.get(code, "").split(), key=len, reverse=True)
    if not words:
        return []
    either = "|".join(map(re.escape, words))
    if code != "zh":
        before = "[وف]?" if code == "ar" else ""
        either = rf"\w+n['’]t|{either}" if code == "en" else either
        either = rf"(?<![\w{MARKS}]){before}(?:{either})(?![\w{MARKS}])"
    return [found.group().casefold() for found in re.finditer(either, text, re.IGNORECASE)]


def numbers(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", found.group()) for found in NUMBER.finditer(text))


def differing(before: str, after: str) -> Iterator[Piece]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) * len(new) <= MOST_PAIRS:
        yield from by_tokens(old, new)
        return
    sentences = SENTENCE.findall(before), SENTENCE.findall(after)
    for tag, one, other in runs(*sentences):
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(one))
            continue
        old, new = TOKEN.findall("".join(one)), TOKEN.findall("".join(other))
        if len(old) * len(new) <= MOST_PAIRS:
            yield from by_tokens(old, new)
        else:
            yield from changed("".join(old), "".join(new))


def by_tokens(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, one, other in runs(old, new):
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(one))
        else:
            yield from changed("".join(one), "".join(other))


def changed(one: str, other: str) -> Iterator[Piece]:
    if one:
        yield Piece(Kind.REMOVED, one)
    if other:
        yield Piece(Kind.ADDED, other)


def runs(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Spaces never decide what belongs together: they only lengthen a match of words."""
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        yield tag, old[start:end], new[new_start:new_end]


def merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A run of changed words is shown as one removal and one addition, not word after word."""
    removed, added, between = "", "", ""
    for piece in pieces:
        if piece.kind == Kind.SAME and (removed or added) and not between and piece.text.isspace():
            between = piece.text
        elif piece.kind == Kind.SAME:
            yield from changed(removed, added)
            yield Piece(Kind.SAME, between + piece.text)
            removed = added = between = ""
        else:
            removed, added, between = removed + between, added + between, ""
            if piece.kind == Kind.REMOVED:
                removed += piece.text
            else:
                added += piece.text
    yield from changed(removed, added)
    if between:
        yield Piece(Kind.SAME, between)
