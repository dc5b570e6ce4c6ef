"""On which clause a line of the form lands."""

import re
from collections.abc import Iterable

from dfs_workflow.models import ConsultationClause

# What people write where they mean the whole.
WHOLE = re.compile(r"^[\s\-–—.*]*(general|all|whole|généralité|général|tous|todo|todos|general)?[\s\-–—.*]*$", re.I)


class Matcher:
    def __init__(self, clauses: Iterable[ConsultationClause]) -> None:
        rows = list(clauses)
        self.by_reference = {normal(row.reference): row for row in rows}
        self.by_title = {row.title.casefold(): row for row in rows}

    def find(self, text: str) -> ConsultationClause | None:
        """Its reference anywhere in the text, however it is spelled, or else its title."""
        words = normal(text)
        if words in self.by_reference:
            return self.by_reference[words]
        held = [key for key in self.by_reference if re.search(rf"(?<![A-Z0-9]){re.escape(key)}(?![A-Z0-9])", words)]
        if held:
            return self.by_reference[max(held, key=len)]
        return self.by_title.get(text.strip().casefold())


def normal(text: str) -> str:
    """SIM-MNO-03, sim mno 3 and SIM–MNO–03 are one."""
    words = re.sub(r"[\s_\-‐‑‒–—.]+", "-", text.upper().strip()).strip("-")
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", words)


def is_whole(text: str) -> bool:
    return bool(WHOLE.match(text))
