"""Tracked changes between two lists of Word paragraphs and tables."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from dfs_workflow.documents.docx_xml import element, run, text_element
from dfs_workflow.redline import MOST_PAIRS, SENTENCE_ENDS, TOKEN, opcodes

P, TBL, R, T = qn("w:p"), qn("w:tbl"), qn("w:r"), qn("w:t")
SIMILAR = 0.4  # of paragraphs with less in common all is deleted and all inserted
Credit = tuple[str, datetime.datetime]
# LibreOffice takes what was inserted at the end of a paragraph and the paragraph inserted after it for one change if
# they have one author and about one time; rejecting that would join what stays.
APART = datetime.timedelta(minutes=2)


@dataclass(frozen=True)
class Atom:
    """A word, a break or a whole field: what is compared, and the runs that draw it (for a word its run)."""

    identity: tuple[str, ...]
    runs: tuple[Any, ...]


class Tracker:
    """`names`: the bookmarks of the new text. What was deleted keeps only others, which rejecting brings back.

    `credits`: by bookmark, who changed this clause and when, where it isn't `author` at `at`. `since`: nothing is dated
    before.
    """

    def __init__(
        self,
        *,
        author: str,
        at: datetime.datetime,
        names: Collection[str] = (),
        credits: Mapping[str, Credit] | None = None,
        since: datetime.datetime | None = None,
    ) -> None:
        self.usual, self.names, self.credits, self.since = (author, at), names, credits or {}, since
        self.credit: Credit = self.usual
        self.count = 0

    def merged(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
        """By clause first: what bears the same bookmark is the same clause; then by its text."""
        names_old, names_new = _identities(old), _identities(new)
        for tag, start, end, new_start, new_end in opcodes(names_old, names_new):
            if tag == "equal":
                for name, before, after in zip(
                    names_old[start:end], old[start:end], new[new_start:new_end], strict=True
                ):
                    self._give_credit(name)
                    yield from self._pair(before, after)
            else:
                yield from self._wholes(names_old[start:end], old[start:end], "del")
                yield from self._wholes(names_new[new_start:new_end], new[new_start:new_end], "ins")

    def _wholes(self, names: Sequence[str], elements: Sequence[Any], kind: str) -> Iterator[Any]:
        for name, made in zip(names, elements, strict=True):
            self._give_credit(name)
            yield self._whole(made, kind)

    def _give_credit(self, identity: str) -> None:
        """Of the clause; cells of a table bear no bookmark and stay with theirs."""
        name = identity.partition("+")[0]
        if name:
            self.credit = self.credits.get(name, self.usual)

    def _pair(self, before: Any, after: Any) -> Iterator[Any]:
        if before.tag == after.tag == P:
            is_same = _properties(before) == _properties(after) and _reading(before) == _reading(after)
            yield after if is_same else self._paragraph(before, after)
        elif before.tag == after.tag and _shape(before) == _shape(after):
            yield self._table(before, after)
        else:
            yield self._whole(before, "del")
            yield self._whole(after, "ins")

    def _table(self, before: Any, after: Any) -> Any:
        """The same rows and columns: changes are inside the cells, whose last paragraph can't go."""
        made = copy.deepcopy(after)
        for cell, old, new in zip(made.iter(qn("w:tc")), before.iter(qn("w:tc")), after.iter(qn("w:tc")), strict=True):
            for paragraph in cell.findall(P):
                cell.remove(paragraph)
            cell.extend(self._cell(old.findall(P), new.findall(P)))
        return made

    def _cell(self, old: list[Any], new: list[Any]) -> Iterator[Any]:
        if len(old) != len(new):
            yield from self.merged(old, new)
            return
        for before, after in zip(old, new, strict=True):
            yield from self._pair(before, after)

    def _paragraph(self, before: Any, after: Any) -> Any:
        old, new = _atoms(before), _atoms(after)
        properties = copy.deepcopy(after.find(qn("w:pPr")))
        if _properties(before) != _properties(after):
            was = copy.deepcopy(before.find(qn("w:pPr")))
            properties.append(element("pPrChange", was, **self._numbered()))
        made = element("p", properties)
        made.extend(copy.deepcopy(mark) for mark in after.findall(qn("w:bookmarkStart")))
        for tag, start, end, new_start, new_end in _steps(old, new):
            if tag == "equal":
                made.extend(_runs(new[new_start:new_end]))
                continue
            if end > start:
                made.append(self._mark("del", _runs(old[start:end])))
            if new_end > new_start:
                made.append(self._mark("ins", _runs(new[new_start:new_end])))
        made.extend(copy.deepcopy(mark) for mark in after.findall(qn("w:bookmarkEnd")))
        return made

    def _whole(self, made: Any, kind: str) -> Any:
        """Everything in a paragraph or a table is new, or is gone."""
        made = copy.deepcopy(made)
        paragraphs = [made] if made.tag == P else list(made.iter(P))
        for paragraph in paragraphs:
            self._whole_paragraph(paragraph, kind)
        for row in made.iter(qn("w:tr")):
            properties = row.find(qn("w:trPr"))
            if properties is None:
                properties = element("trPr")
                row.insert(0, properties)
            properties.append(element(kind, **self._numbered()))
        return made

    def _whole_paragraph(self, paragraph: Any, kind: str) -> None:
        atoms = _atoms(paragraph)
        marks = {mark.get(qn("w:id")) for mark in paragraph.findall(qn("w:bookmarkStart")) if self._stays(mark, kind)}
        for child in list(paragraph):
            if child.tag != qn("w:pPr") and child.get(qn("w:id")) not in marks:
                paragraph.remove(child)
        if kind == "del":
            self._number_again(paragraph)
        properties = paragraph.find(qn("w:pPr"))
        properties.append(element("rPr", element(kind, **self._numbered(is_whole=True))))
        if atoms:
            place = paragraph.findall(qn("w:bookmarkStart"))
            (place[-1] if place else properties).addnext(self._mark(kind, _runs(atoms), is_whole=True))

    def _stays(self, mark: Any, kind: str) -> bool:
        return kind == "ins" or mark.get(qn("w:name")) not in self.names

    def _number_again(self, paragraph: Any) -> None:
        """Both texts count their bookmarks from one."""
        for start in paragraph.findall(qn("w:bookmarkStart")):
            number = str(self._numbered()["id"])
            for mark in paragraph.findall(qn("w:bookmarkEnd")):
                if mark.get(qn("w:id")) == start.get(qn("w:id")):
                    mark.set(qn("w:id"), number)
            start.set(qn("w:id"), number)

    def _mark(self, kind: str, runs: list[Any], *, is_whole: bool = False) -> Any:
        if kind == "del":
            for text in (t for made in runs for t in made.iter(T)):
                text.tag = qn("w:delText")
            for code in (c for made in runs for c in made.iter(qn("w:instrText"))):
                code.tag = qn("w:delInstrText")
        return element(kind, *runs, **self._numbered(is_whole=is_whole))

    def _numbered(self, *, is_whole: bool = False) -> dict[str, Any]:
        self.count += 1
        author, at = self.credit
        first = max(at - APART, self.since or at - APART)
        date = first if is_whole else first + APART
        return {"id": 900_000 + self.count, "author": author, "date": date.strftime("%Y-%m-%dT%H:%M:%SZ")}


def _identities(elements: Sequence[Any]) -> list[str]:
    """The bookmark of a paragraph, or its place after the last one that has a bookmark.

    A heading bears the bookmark of the part whose text stands alone below it too, before its own.
    """
    names, last, since, alone = [], "", 0, ""
    for made in elements:
        marks = [mark.get(qn("w:name")) for mark in made.findall(qn("w:bookmarkStart"))]
        if made.tag == P and (marks or alone):
            *absorbed, last = marks or [alone]
            since, alone = 0, "".join(absorbed)
            names.append(last)
        else:
            since += 1
            names.append(f"{last}+{since}{made.tag == TBL}")
    return names


def _reading(paragraph: Any) -> list[tuple[str, str | None]]:
    """Texts, fields without the value they have now, and looks: equal readings need no comparison of words."""
    found: list[tuple[str, str | None]] = []
    in_value = False
    for made in paragraph.iter():
        if made.tag == qn("w:fldChar"):
            in_value = made.get(qn("w:fldCharType")) == "separate"
        elif not (in_value and made.tag == T):
            is_named = made.tag not in (qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:numId"), P)
            found += [(made.tag, made.text)] if is_named else []
    return found


def _properties(paragraph: Any) -> str:
    """Its style, its list and where it stands."""
    return str(etree.tostring(paragraph.find(qn("w:pPr")), encoding="unicode"))


def _shape(table: Any) -> list[int]:
    return [len(row.findall(qn("w:tc"))) for row in table.findall(qn("w:tr"))]


def _atoms(paragraph: Any) -> list[Atom]:
    atoms: list[Atom] = []
    field: list[Any] | None = None
    for made in paragraph.iter(R):
        kind = made.find(qn("w:fldChar"))
        if kind is not None and kind.get(qn("w:fldCharType")) == "begin":
            field = []
        if field is not None:
            field.append(made)
            if kind is not None and kind.get(qn("w:fldCharType")) == "end":
                code = "".join(c.text or "" for part in field for c in part.iter(qn("w:instrText")))
                atoms.append(Atom(("field", code.strip()), tuple(field)))
                field = None
        else:
            atoms += _words(made)
    return atoms


def _words(made: Any) -> list[Atom]:
    """One atom for each word: the text of a run is cut where words end."""
    properties = made.find(qn("w:rPr"))
    look = "" if properties is None else etree.tostring(properties, encoding="unicode")
    atoms = []
    for child in made:
        if child.tag == T:
            atoms += [Atom(("word", token, look), (made,)) for token in TOKEN.findall(child.text or "")]
        elif child.tag != qn("w:rPr"):
            atoms.append(Atom((child.tag, look), (run(copy.deepcopy(child), properties=copy.deepcopy(properties)),)))
    return atoms


def _steps(old: list[Atom], new: list[Atom]) -> Iterator[tuple[str, int, int, int, int]]:
    if old and new and _ratio(old, new) < SIMILAR:
        return iter([("replace", 0, len(old), 0, len(new))])
    return iter(opcodes([a.identity for a in old], [a.identity for a in new], _is_space, _is_end))


def _ratio(old: list[Atom], new: list[Atom]) -> float:
    """How much is in common; of a long text how many of its words, in whatever order."""
    matcher = SequenceMatcher(None, *([a.identity for a in row] for row in (old, new)), autojunk=False)
    return matcher.ratio() if len(old) * len(new) <= MOST_PAIRS else matcher.quick_ratio()


def _is_end(identity: tuple[str, ...]) -> bool:
    return identity[0] == "word" and identity[1] in SENTENCE_ENDS


def _is_space(identity: tuple[str, ...]) -> bool:
    return identity[0] == "word" and identity[1].isspace()


def _runs(atoms: Sequence[Atom]) -> list[Any]:
    """Neighbouring words of one look make one run again."""
    made: list[Any] = []
    for look, group in groupby(atoms, lambda atom: atom.identity[2] if atom.identity[0] == "word" else None):
        row = list(group)
        if look is None:
            made += [copy.deepcopy(part) for atom in row for part in atom.runs]
        else:
            properties = copy.deepcopy(row[0].runs[0].find(qn("w:rPr")))
            made.append(run(text_element("t", "".join(atom.identity[1] for atom in row)), properties=properties))
    return made
