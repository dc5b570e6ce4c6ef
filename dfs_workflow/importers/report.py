from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Report:
    """What a load did, or would do."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left_alone: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0
    untranslated: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        yield (
            f"{len(self.created)} created, {len(self.changed)} changed, "
            f"{self.unchanged} unchanged, {len(self.left_alone)} left alone"
        )
        for title in self.changed:
            yield f"changed: {title}"
        for title, reason in self.left_alone:
            yield f"left alone: {title} ({reason})"
        for (language, title), count in self.untranslated.items():
            yield f"not translated yet ({language}): {title}, {count} texts"
        yield from self.notes
