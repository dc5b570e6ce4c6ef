"""Accounts for everything in a book: kept as it is, kept in another form and how, or refused and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MAPPED, DEGRADED, REFUSED = "mapped", "degraded", "refused"
OUTCOMES = (MAPPED, DEGRADED, REFUSED)


@dataclass
class Account:
    """`kinds` says how often what was met; a note is kept for everything that was not simply mapped."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    notes: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    redirects: int = 0
    left_alone: list[tuple[str, str]] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)  # title and address

    def met(self, kind: str, outcome: str, reason: str = "", *, file: str = "", what: str = "") -> None:
        self.counts[kind, outcome] += 1
        if outcome != MAPPED:
            self.reasons[kind, outcome, reason] += 1
            self.notes.append((file, kind, outcome, reason, " ".join(what.split())[:120]))

    def total(self, kind: str) -> int:
        return sum(self.counts[kind, outcome] for outcome in OUTCOMES)

    def kinds(self) -> list[str]:
        """Pages, links and images first, then the blocks."""
        first = ["page", "link", "image", "file"]
        met = {kind for kind, _outcome in self.counts}
        return [kind for kind in first if kind in met] + sorted(met - set(first))

    def lines(self, *, every: bool = False) -> Iterator[str]:
        yield (
            f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged, "
            f"{len(self.left_alone)} left alone, {self.redirects} old addresses redirected"
        )
        for kind in self.kinds():
            parts = ", ".join(f"{self.counts[kind, o]} {o}" for o in OUTCOMES if self.counts[kind, o])
            yield f"{kind}: {self.total(kind)} = {parts}"
        for (kind, outcome, reason), number in sorted(self.reasons.items(), key=lambda row: (row[0][:2], -row[1])):
            yield f"  {number} × {kind} {outcome}: {reason}"
        for title, reason in self.left_alone:
            yield f"left alone: {title} ({reason})"
        for title, address in self.gone:
            yield f"not in the book any more, and kept: {title} ({address})"
        if every:
            for file, kind, outcome, reason, what in self.notes:
                yield f"{file}: {kind} {outcome}: {reason}{f' – {what}' if what else ''}"

    def as_data(self) -> dict[str, Any]:
        return {
            "lines": list(self.lines()),
            "counts": [[kind, outcome, number] for (kind, outcome), number in sorted(self.counts.items())],
            "notes": [list(note) for note in self.notes],
        }
