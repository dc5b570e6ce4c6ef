"""What a check found, and how much it matters."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class Severity(StrEnum):
    ERROR = "error"  # can't be submitted
    WARNING = "warning"  # wants a reason


@dataclass(frozen=True)
class Finding:
    code: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Pair:
    """A text and its translation, each with its language."""

    source: str
    target: str
    source_language: str
    language: str


Check = Callable[[Pair], Iterable[Finding]]


def error(code: str, message: str) -> Finding:
    return Finding(code, Severity.ERROR, message)


def warning(code: str, message: str) -> Finding:
    return Finding(code, Severity.WARNING, message)


def same_tokens(code: str, source: Iterable[Any], target: Iterable[Any], what: Any) -> Iterable[Finding]:
    """The same things the same number of times, in any order."""
    one, other = list(source), list(target)
    if one == other:
        return
    wanted, found = Counter(one), Counter(other)
    if missing := wanted - found:
        yield error(code, _("%(what)s missing: %(list)s") % {"what": what, "list": listed(missing)})
    if added := found - wanted:
        yield error(code, _("%(what)s not in the source: %(list)s") % {"what": what, "list": listed(added)})


def listed(tokens: Counter[Any]) -> str:
    return ", ".join(sorted(str(token) for token in tokens.elements()))
