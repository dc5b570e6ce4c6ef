"""Maps a returned Word file to the clauses of the document that was sent: what changed, went and came."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from dfs_mou.documents import docx
from dfs_mou.documents.cleaning import UNPRINTABLE
from dfs_mou.documents.comparison import Change, Kind, clause_text, notices_of
from dfs_mou.documents.document import Document
from dfs_mou.documents.docx_reading import Read, manifest, read
from dfs_mou.documents.moving import moves
from dfs_workflow.documents.docx_gate import RefusedFile
from dfs_workflow.documents.docx_xml import bookmark_name
from dfs_workflow.documents.file_gate import marked as _
from dfs_workflow.redline import MOST_PAIRS

BOOKMARK = re.compile(r"\[(_Ref_\w+)\]")
# A number that a program made text, or somebody typed: “12.”, “12.1”, “A.1”, “(a)”, “b)”, “(iv)”, “十二.”. A short word
# with a stop, as “No.”, is none.
ROMAN = "(?i:(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))"
COUNT = rf"(?:\d{{1,3}}|{ROMAN}|[一二三四五六七八九十百]{{1,5}}|(?P<letter>[^\W\d_])(?P=letter)?)"
NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*[.)]?|[\w]{{1,2}}(?:\.\d{{1,3}})+|[(（]?{COUNT}[.)）、])\s*"
SIMILAR = 0.6
FEWEST = 20  # of so many clauses one has to be there, or it is another text
KNOWN = 0.2  # of the lines of a text; fewer are there in a file of another language, as names are
IN_LANGUAGE = {
    "en": _("The text of this file is in English: send it back where the agreement is shown in English."),
    "fr": _("The text of this file is in French: send it back where the agreement is shown in French."),
    "es": _("The text of this file is in Spanish: send it back where the agreement is shown in Spanish."),
    "ar": _("The text of this file is in Arabic: send it back where the agreement is shown in Arabic."),
    "ru": _("The text of this file is in Russian: send it back where the agreement is shown in Russian."),
    "zh-hans": _("The text of this file is in Chinese: send it back where the agreement is shown in Chinese."),
}
MOST_COMPARED = 100_000  # pairs of paragraphs, a second of work; what is left is found only by the very same text


@dataclass
class Unit:
    """The paragraphs that belong to one clause, without those of the clauses below it."""

    key: str
    lines: list[str]
    is_heading: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line for line in self.lines if line)


class Lost:
    """Clauses whose bookmark is gone, each given back once; what has changed takes none whose text is still there."""

    def __init__(self, units: list[Unit], lines: set[str]) -> None:
        self.same = [unit for unit in units if unit.lines[0] in lines]
        self.changed = [unit for unit in units if unit.lines[0] not in lines]
        self.left = MOST_COMPARED

    def take(self, line: str) -> Unit | None:
        same = next((unit for unit in self.same if unit.lines[0] == line), None)
        if same is not None:
            self.same.remove(same)
        return same or self._alike(line)

    def _alike(self, line: str) -> Unit | None:
        self.left -= len(self.changed)
        if not line or self.left < 0:
            return None
        best = max(self.changed, key=lambda one: _alike(one.lines[0], line), default=None)
        if best is None or _alike(best.lines[0], line) < SIMILAR:
            return None
        self.changed.remove(best)
        return best


def changes(sent: Document, returned: bytes, others: Sequence[Document] = ()) -> list[Change]:
    """In the order of the document; an untouched copy has none. `others`: the same text in other languages."""
    paragraphs = read(returned)
    _refuse_other_language(sent, others, {one.text for one in paragraphs}, manifest(returned) or {})
    keys = {bookmark_name(clause.key): clause.key for clause in sent.walk()}
    notices = {" ".join(line.split()) for clause in sent.walk() for line in notices_of(clause)}
    __, *old = _units(read(docx.render(sent)), keys, notices)
    units = _without_numbers(old, _units(paragraphs, keys, notices))
    new = _recognised(old, _marked_again(old, units))
    found: list[Change] = []
    last = ""
    after = {unit.key: unit for unit in new if unit.key}
    if len(after) * FEWEST < len(old):
        raise RefusedFile(_("The file holds no clauses of this agreement: send back the document that was made here."))
    for unit in old:
        if unit.key not in after:
            found.append(Change(Kind.DROPPED, unit.key, _named(unit.text, keys), ""))
        elif after[unit.key].text != unit.text:
            found.append(Change(Kind.CHANGED, unit.key, _named(unit.text, keys), _named(after[unit.key].text, keys)))
    for unit in new:
        if unit.key:
            last = unit.key
        elif unit.text:
            found.append(Change(Kind.ADDED, last, "", _named(unit.text, keys)))
    found += moves(sent, {unit.key: unit.lines[0] for unit in old}, [unit.key for unit in new if unit.key])
    order = {unit.key: index for index, unit in enumerate(old)}
    return sorted(found, key=lambda change: order.get(change.key, -1))


def changes_as_json(sent: Document, returned: bytes, others: Sequence[Document] = ()) -> list[dict[str, Any]]:
    return [change.to_json() for change in changes(sent, returned, others)]


def _refuse_other_language(
    sent: Document, others: Sequence[Document], lines: set[str], made: Mapping[str, Any]
) -> None:
    """Where hardly a line is known, by the text in whose language the lines stand, or by what the file says itself."""
    if _share(sent, lines) >= KNOWN:
        return
    known = [text.language for text in others if _share(text, lines) >= KNOWN]
    language = known[0] if known else made.get("language")
    if language != sent.language and language in IN_LANGUAGE:
        raise RefusedFile(IN_LANGUAGE[str(language)])


def _share(text: Document, lines: set[str]) -> float:
    own = {" ".join(line.split()) for clause in text.walk() for line in clause_text(clause).split("\n")} - {""}
    return len(own & lines) / max(len(own), 1)


def _named(text: str, keys: dict[str, str]) -> str:
    text = BOOKMARK.sub(lambda found: f"[§{keys.get(found[1], found[1])}]", text)
    return UNPRINTABLE.sub("", text)


def _units(paragraphs: Sequence[Read], keys: dict[str, str], notices: Collection[str]) -> list[Unit]:
    """The first unit is what stands before the first clause: the cover. `notices` are no wording."""
    units = [Unit("", [])]
    seen: set[str] = set()
    for paragraph in paragraphs:
        known = [keys[name] for name in paragraph.names if name in keys and keys[name] not in seen]
        if known:
            seen.update(known)
            units.append(Unit(known[0], [paragraph.text], paragraph.is_heading))
        elif paragraph.is_heading and paragraph.text:
            units.append(Unit("", [paragraph.text], is_heading=True))
        elif paragraph.text not in notices:
            units[-1].lines.append(paragraph.text)
    return units


def _without_numbers(old: list[Unit], new: list[Unit]) -> list[Unit]:
    """Where a line is the same but for a number before it, it has not changed."""
    known = {line for unit in old for line in unit.lines}
    for unit in new:
        unit.lines = [line if line in known or (bare := _bare(line)) not in known else bare for line in unit.lines]
    return new


def _bare(line: str) -> str:
    return re.sub(f"^{NUMBER}", "", line)


def _marked_again(old: list[Unit], new: list[Unit]) -> list[Unit]:
    """Who writes at the beginning of a clause writes inside its bookmark: the clause is where its words are."""
    first = {unit.key: unit.lines[0] for unit in old}
    units: list[Unit] = []
    for unit in new:
        line = first.get(unit.key, "")
        before = units[-1] if units else None
        if line and line in unit.lines[1:] and unit.lines[0] != line:
            at = unit.lines.index(line)
            units += [Unit("", unit.lines[:at], unit.is_heading), Unit(unit.key, unit.lines[at:], unit.is_heading)]
        elif before and before.key and not unit.key and first[before.key] == unit.lines[0] != before.lines[0]:
            before.key, unit.key = "", before.key
            units.append(unit)
        else:
            units.append(unit)
    return units


def _recognised(old: list[Unit], new: list[Unit]) -> list[Unit]:
    """Clauses whose bookmarks were lost are found by their text; a changed one by what it has in common."""
    found = {unit.key for unit in new}
    missing = [unit for unit in old if unit.key not in found]
    cover, *rest = new
    if not missing:
        return rest
    lost = Lost(missing, {line for unit in new for line in unit.lines})
    found_below = [cut for unit in rest for cut in _cut(unit, lost)]
    return [cut for cut in _cut(cover, lost) if cut.key] + found_below


def _cut(unit: Unit, lost: Lost) -> list[Unit]:
    """A unit swallowed the paragraphs of clauses that lost their bookmark: they are given back."""
    units = [unit] if unit.key else []
    lines = unit.lines[1:] if unit.key else unit.lines
    if unit.key:
        unit.lines = unit.lines[:1]
    for line in lines:
        best = lost.take(line)
        if best is not None:
            units.append(Unit(best.key, [line], best.is_heading))
        elif units:
            units[-1].lines.append(line)
        else:
            units.append(Unit("", [line], unit.is_heading))
    return units


def _alike(one: str, other: str) -> float:
    words = one.split(), other.split()
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.real_quick_ratio() < SIMILAR:
        return 0.0
    return matcher.ratio() if len(words[0]) * len(words[1]) <= MOST_PAIRS else matcher.quick_ratio()
