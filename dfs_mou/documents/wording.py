"""The wording two parties agreed on for their own agreement, laid over the template: the template stays as it is.

JSON form: `{"changed": {language: {key: {"text", "into"}}}, "dropped": [key], "added": [{"id", "after", "texts"}]}`.
`into`: where a clause shows the text of its single part as its own, that part. In a text, one line is a paragraph,
the first line of a clause with a title is the title, and `[§key]` is a reference.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dfs_mou.documents.clauses import Node, Paragraph, Run
from dfs_mou.documents.comparison import Change, Kind, clause_text
from dfs_mou.documents.document import Clause, Document
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.labels import labels_in

ADDED = "added-"  # how the key of an added clause begins
SHORTEST_WORD = 3  # an answer of a letter or two would be found in any text
REFERENCE = re.compile(r"\[§([a-z][a-z0-9-]{0,63})\]")


@dataclass(frozen=True)
class Wording:
    changed: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    added: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Wording:
        return cls(data.get("changed") or {}, tuple(data.get("dropped") or ()), tuple(data.get("added") or ()))

    def to_json(self) -> dict[str, Any]:
        return {"changed": self.changed, "dropped": list(self.dropped), "added": list(self.added)}

    def with_changed(self, language: str, key: str, text: str, into: str = "") -> Wording:
        """An added clause changes where it was added."""
        if key.startswith(ADDED):
            rows = tuple(
                {**row, "texts": {**row["texts"], language: text}} if key_of(row) == key else row for row in self.added
            )
            return replace(self, added=rows)
        part = {**self.changed.get(language, {}), key: {"text": text, "into": into}}
        return replace(self, changed={**self.changed, language: part})

    def without_changed(self, keys: Collection[str]) -> Wording:
        """Of these clauses the parties take the words of the model again."""
        changed = {
            language: {key: row for key, row in part.items() if key not in keys}
            for language, part in self.changed.items()
        }
        return replace(self, changed=changed)

    def with_dropped(self, key: str) -> Wording:
        if key.startswith(ADDED):
            before = next((row["after"] for row in self.added if key_of(row) == key), "")
            rows = (row for row in self.added if key_of(row) != key)
            return replace(self, added=tuple({**row, "after": before} if row["after"] == key else row for row in rows))
        return replace(self, dropped=tuple(dict.fromkeys((*self.dropped, key))))

    def with_added(self, identity: str, after: str, language: str, text: str) -> Wording:
        return replace(self, added=(*self.added, {"id": identity, "after": after, "texts": {language: text}}))

    def with_kept(self, key: str, after: str, language: str, text: str) -> Wording:
        """What stood there before its clause, or the clause it stood after, was gone from the edition."""
        identity = key.removeprefix(ADDED)
        row = next((row for row in self.added if row["id"] == identity), {"id": identity, "texts": {}})
        kept = {**row, "after": after, "texts": {**row["texts"], language: text}}
        return replace(self, added=(*(row for row in self.added if row["id"] != identity), kept))

    def uneven(self, languages: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The clauses that were worded in some of these languages, and not in all: in which."""
        worded: dict[str, set[str]] = {key_of(row): set(row["texts"]) for row in self.added}
        for language, part in self.changed.items():
            for key in part:
                worded.setdefault(key, set()).add(language)
        found = {key: tuple(code for code in languages if code in codes) for key, codes in worded.items()}
        return {key: codes for key, codes in found.items() if 0 < len(codes) < len(languages)}

    def without(self, words: Iterable[str]) -> Wording:
        """Only the texts that hold none of these words."""
        known = [word for word in words if len(word) >= SHORTEST_WORD]

        def is_free(text: str) -> bool:
            return not any(word in text for word in known)

        changed = {
            language: {key: row for key, row in part.items() if is_free(row["text"])}
            for language, part in self.changed.items()
        }
        added = tuple(row for row in self.added if all(map(is_free, row["texts"].values())))
        return replace(self, changed=changed, added=added)


def key_of(added: Mapping[str, Any]) -> str:
    return f"{ADDED}{added['id']}"


def is_lacking(text: str, language: str) -> bool:
    """Whether an added clause only says that it has no text in this language yet."""
    return text == _lacking(language)


def _lacking(language: str) -> str:
    return f"[{labels_in(language).lacking}]"


def keeping(wording: Wording, changes: Iterable[Change], text: Document) -> Wording:
    """Wording that undoes changes of a newer edition. `text`: what the parties have now."""
    into = {clause.key: clause.absorbed for clause in text.walk() if clause.absorbed}
    gone = set()
    for change in changes:
        if change.kind is Kind.ADDED:
            wording = wording.with_dropped(change.key)
        elif change.kind is Kind.CHANGED:
            wording = wording.with_changed(text.language, change.key, change.before, into.get(change.key, ""))
        else:
            gone.add(change.key)
    for clause, after in _places(text.tops, gone, ""):
        lines = filter(None, map(clause_text, clause.walk()))
        kept = "\n".join(lines) if clause.level == 1 else " ".join(lines)
        wording = wording.with_kept(clause.key, after, text.language, kept)
    return wording


def _places(clauses: Iterable[Clause], gone: Collection[str], after: str) -> Iterator[tuple[Clause, str]]:
    """Each clause that is gone, without those it holds, and the clause that stands before it."""
    for clause in clauses:
        if clause.key in gone:
            yield clause, after
            after = f"{ADDED}{clause.key.removeprefix(ADDED)}"
        else:
            yield from _places(clause.clauses, gone, clause.key)
            after = clause.key


def amended(edition: Edition, wording: Wording) -> Edition:
    """The edition with the agreed wording in the place of its own."""
    if wording == Wording():
        return edition
    laid = _Overlay(edition, wording)
    return replace(edition, clauses=laid.below(edition.clauses, 1), annexes=laid.below(edition.annexes, 1))


class _Overlay:
    def __init__(self, edition: Edition, wording: Wording) -> None:
        self.edition = edition
        self.wording = wording
        added = {row["id"]: key_of(row) for row in wording.added}
        # Whole clauses and annexes; one that a newer edition left out is where it was kept.
        self.targets = added | {top.key: top.key for top in (*edition.clauses, *edition.annexes)}
        self.targets |= {key: key for key in added.values()}
        self.bodies: dict[str, dict[str, list[str]]] = {}
        self.titles: dict[str, dict[str, str]] = {}
        for language, part in wording.changed.items():
            for key, row in part.items():
                self._place(language, key, row)

    def _place(self, language: str, key: str, row: Mapping[str, str]) -> None:
        node = self.edition.by_key.get(key)
        if node is None:
            return
        lines = row["text"].split("\n")
        if node.title.get(language):
            self.titles.setdefault(key, {})[language] = lines.pop(0)
        self.bodies.setdefault(row.get("into") or key, {})[language] = lines

    def below(self, nodes: tuple[Node, ...], level: int) -> tuple[Node, ...]:
        laid: list[Node] = []
        for node in nodes:
            if node.key not in self.wording.dropped:
                laid.append(self._node(node, level))
            rows = [row for row in self.wording.added if not self._is_first_part(node, row, level)]
            laid += self._after(node.key, level, rows)
        return tuple(laid)

    def _after(self, key: str, level: int, rows: Iterable[Mapping[str, Any]]) -> Iterator[Node]:
        """What was added after a clause, and what was added after that."""
        for row in rows:
            if row["after"] == key:
                yield self._added(row, level)
                yield from self._after(key_of(row), level, self.wording.added)

    def _node(self, node: Node, level: int) -> Node:
        body = {**node.body, **{lang: self._runs(lines) for lang, lines in self.bodies.get(node.key, {}).items()}}
        first = [row for row in self.wording.added if self._is_first_part(node, row, level)]
        parts = self._after(node.key, 2, first)
        return replace(
            node,
            title={**node.title, **self.titles.get(node.key, {})},
            body={lang: paragraphs for lang, paragraphs in body.items() if paragraphs},
            clauses=(*parts, *self.below(node.clauses, level + 1)),
            outdated={
                lang: day for lang, day in node.outdated.items() if node.key not in self.wording.changed.get(lang, {})
            },
        )

    def _is_first_part(self, node: Node, row: Mapping[str, Any], level: int) -> bool:
        """One line after the heading of a clause with parts is its first part; more lines are a clause."""
        is_line = all("\n" not in text for text in row["texts"].values())
        return level == 1 and row["after"] == node.key and is_line and bool(node.clauses)

    def _added(self, row: Mapping[str, Any], level: int) -> Node:
        titles, bodies = {}, {}
        for language, text in row["texts"].items():
            lines = text.split("\n")
            if level == 1:
                titles[language] = lines.pop(0)
            bodies[language] = self._runs(lines)
        for language in {*self.edition.languages} - {*row["texts"]}:
            bodies[language] = ((Run(text=_lacking(language), bold=True),),)
        return Node(
            key=key_of(row),
            kind="mandatory",
            number=None,
            numbering={},
            title=titles,
            alternatives_group=None,
            condition=None,
            default_included=True,
            requires=(),
            guidance={},
            itu_reference=None,
            body={lang: paragraphs for lang, paragraphs in bodies.items() if paragraphs},
            clauses=(),
        )

    def _runs(self, lines: list[str]) -> tuple[Paragraph, ...]:
        return tuple(self._paragraph(line) for line in lines if line.strip())

    def _paragraph(self, line: str) -> Paragraph:
        runs = []
        for index, part in enumerate(REFERENCE.split(line)):
            target = self.targets.get(part, "") if index % 2 else ""
            if target:
                runs.append(Run(ref=target))
            elif part:
                runs.append(Run(text=f"[§{part}]" if index % 2 else part))
        return tuple(runs)
