"""What differs between two wordings of one text, word by word. Pure: it knows no page, request or database.

`compare` gives pieces for a template (`{% redline %}`) and says which normative words and numbers came or went, in
words, so that nobody has to find a lost “not” by its colour.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate
from typing import Any, TypeVar

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
SENTENCE_ENDS = frozenset(".!?。！？؟\n")
# Above this many pairs of words, sentences are compared first and words only within sentences that differ.
MOST_PAIRS = 2_000_000
T = TypeVar("T", bound=Hashable)
Opcode = tuple[str, int, int, int, int]


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
    for tag, start, end, new_start, new_end in opcodes(old, new, str.isspace, SENTENCE_ENDS.__contains__):
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(old[start:end]))
        else:
            yield from changed("".join(old[start:end]), "".join(new[new_start:new_end]))


def changed(one: str, other: str) -> Iterator[Piece]:
    if one:
        yield Piece(Kind.REMOVED, one)
    if other:
        yield Piece(Kind.ADDED, other)


def opcodes(
    old: Sequence[T],
    new: Sequence[T],
    is_space: Callable[[T], bool] | None = None,
    is_end: Callable[[T], bool] | None = None,
) -> Iterator[Opcode]:
    """As those of `difflib`, in a time that doesn't grow with the square of a long text.

    Spaces never decide what belongs together: they only lengthen a match of words.
    """
    if len(old) * len(new) <= MOST_PAIRS:
        yield from SequenceMatcher(is_space, old, new, autojunk=False).get_opcodes()
        return
    start, end = common(old, new)
    if start:
        yield "equal", 0, start, 0, start
    middles = old[start : len(old) - end], new[start : len(new) - end]
    yield from moved(middle_opcodes(*middles, is_space, is_end), start, start)
    if end:
        yield "equal", len(old) - end, len(old), len(new) - end, len(new)


def middle_opcodes(old: Sequence[T], new: Sequence[T], is_space: Any, is_end: Any) -> Iterator[Opcode]:
    """What stands between a common beginning and end: sentence by sentence, and what is still too long as a whole."""
    if not old or not new or len(old) * len(new) <= MOST_PAIRS:
        yield from SequenceMatcher(is_space, old, new, autojunk=False).get_opcodes()
    elif is_end is None:
        yield "replace", 0, len(old), 0, len(new)
    else:
        sentences = cut(old, is_end), cut(new, is_end)
        places = [list(accumulate(map(len, row), initial=0)) for row in sentences]
        for tag, first, last, new_first, new_last in opcodes(*sentences):
            one, other = (places[0][first], places[0][last]), (places[1][new_first], places[1][new_last])
            if tag == "replace":
                parts = middle_opcodes(old[slice(*one)], new[slice(*other)], is_space, None)
                yield from moved(parts, one[0], other[0])
            else:
                yield tag, *one, *other


def moved(found: Iterator[Opcode], by: int, new_by: int) -> Iterator[Opcode]:
    for tag, start, end, new_start, new_end in found:
        yield tag, start + by, end + by, new_start + new_by, new_end + new_by


def common(old: Sequence[T], new: Sequence[T]) -> tuple[int, int]:
    """How much is the same at the beginning and, of the rest, at the end."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    end = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)
    return start, end


def cut(tokens: Sequence[T], is_end: Callable[[T], bool]) -> list[tuple[T, ...]]:
    found, begun = [], 0
    for at, token in enumerate(tokens, 1):
        if is_end(token) or at == len(tokens):
            found.append(tuple(tokens[begun:at]))
            begun = at
    return found


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
