"""Accounts for everything in a book: kept as it is, kept in another form and how, or refused and why.

What is stored are words of the code; the rest says them in the language of who reads the report.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from dfs_pages.importers.gitbook.kinds import kind_name
from dfs_workflow.counts import Count

MAPPED, DEGRADED, REFUSED = "mapped", "degraded", "refused"
OUTCOMES = {
    MAPPED: pgettext_lazy("part of a book", "kept as it is"),
    DEGRADED: pgettext_lazy("part of a book", "kept in another form"),
    REFUSED: pgettext_lazy("part of a book", "refused"),
}
NUMBERS = ("created", "changed", "unchanged", "redirects")
Note = tuple[str, str, str, str, str]  # file, kind, outcome, reason, what


@dataclass
class Account:
    """A note is kept for everything that was not simply mapped."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    redirects: int = 0
    left_alone: list[str] = field(default_factory=list)  # titles of what an editor changed
    gone: list[tuple[str, str]] = field(default_factory=list)  # title and address

    def met(self, kind: str, outcome: str, reason: str = "", *, file: str = "", what: str = "") -> None:
        self.counts[kind, outcome] += 1
        if outcome != MAPPED:
            self.notes.append((file, kind, outcome, reason, " ".join(what.split())[:120]))

    @property
    def reasons(self) -> Counter[tuple[str, str, str]]:
        return Counter((kind, outcome, reason) for _file, kind, outcome, reason, _what in self.notes)

    def total(self, kind: str) -> int:
        return sum(self.counts[kind, outcome] for outcome in OUTCOMES)

    def kinds(self) -> list[str]:
        """Pages, links and images first, then the blocks."""
        first = ["page", "link", "image", "file"]
        met = {kind for kind, _outcome in self.counts}
        return [kind for kind in first if kind in met] + sorted(met - set(first))

    def lines(self, *, every: bool = False) -> Iterator[str]:
        yield self.changes()
        for name, total, *numbers in self.table():
            parts = [
                f"{number} {outcome}" for number, outcome in zip(numbers, OUTCOMES.values(), strict=True) if number
            ]
            yield f"{name}{_(': ')}{total} = {_(', ').join(parts)}"
        for number, *words in self.grouped():
            yield f"  {number} × " + said(*words)
        yield from self.stayed()
        if every:
            for file, kind, outcome, reason, what in self.rows():
                yield f"{file}{_(': ')}{said(kind, outcome, reason)}{f' – {what}' if what else ''}"

    def changes(self) -> str:
        sentence = _(
            "%(created)s created, %(changed)s changed, %(unchanged)s unchanged, %(left_alone)s left alone, "
            "%(redirects)s old addresses redirected"
        )
        numbers = {name: getattr(self, name) for name in NUMBERS} | {"left_alone": len(self.left_alone)}
        return sentence % {name: Count(number) for name, number in numbers.items()}

    def table(self) -> Iterator[tuple[Any, ...]]:
        """For each kind its name, how many there are, and how many of each outcome."""
        for kind in self.kinds():
            yield kind_name(kind), Count(self.total(kind)), *(Count(self.counts[kind, outcome]) for outcome in OUTCOMES)

    def grouped(self) -> Iterator[tuple[Any, ...]]:
        """How often each reason was met: number, kind, outcome, reason."""
        for (kind, outcome, reason), number in sorted(self.reasons.items(), key=lambda row: (row[0][:2], -row[1])):
            yield Count(number), kind_name(kind), OUTCOMES[outcome], _(reason)

    def stayed(self) -> Iterator[str]:
        """The pages that the book would have changed, or doesn't have any more."""
        for title in self.left_alone:
            yield _("left alone: %(title)s (an editor changed it)") % {"title": title}
        for title, address in self.gone:
            yield _("not in the book any more, and kept: %(title)s (%(address)s)") % {
                "title": title,
                "address": address,
            }

    def rows(self, most: int | None = None) -> Iterator[tuple[Any, ...]]:
        for file, kind, outcome, reason, what in self.notes[:most]:
            yield file, kind_name(kind), OUTCOMES[outcome], _(reason), what

    def as_data(self) -> dict[str, Any]:
        numbers = {name: getattr(self, name) for name in NUMBERS}
        return numbers | {
            "counts": [[kind, outcome, number] for (kind, outcome), number in sorted(self.counts.items())],
            "notes": [list(note) for note in self.notes],
            "left_alone": self.left_alone,
            "gone": [list(row) for row in self.gone],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Account":
        counts = Counter({(kind, outcome): number for kind, outcome, number in data.get("counts", [])})
        rest = {name: data[name] for name in cls.__dataclass_fields__ if name in data and name != "counts"}
        return cls(counts=counts, **rest)


def said(kind: str, outcome: str, reason: str) -> str:
    return f"{kind}{_(', ')}{outcome}{_(': ')}{reason}"
