"""The answers that some conditions can tell apart: what holds for all of these, holds for all answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from math import prod
from typing import Any

from dfs_mou.documents.clauses import Condition
from dfs_mou.documents.edition import Edition, Variable

MOST_COMBINATIONS = 4096
ANOTHER = "…"  # any text that no condition names


def combinations(edition: Edition, conditions: Sequence[Condition]) -> Iterator[dict[str, Any]]:
    """Every mix of answers, or the first of them where there are too many to look at: see `is_countable`."""
    spaces = _spaces(edition, conditions)
    for values in islice(product(*spaces.values()), MOST_COMBINATIONS):
        yield dict(zip(spaces, values, strict=True))


def is_countable(edition: Edition, conditions: Sequence[Condition]) -> bool:
    return prod(len(values) for values in _spaces(edition, conditions).values()) <= MOST_COMBINATIONS


def _spaces(edition: Edition, conditions: Sequence[Condition]) -> dict[str, list[Any]]:
    tests = [test for condition in conditions for test in condition.tests()]
    names = sorted({test.var for test in tests})
    return {name: _values(edition.by_name[name], [test for test in tests if test.var == name]) for name in names}


def _values(variable: Variable, tests: list[Condition]) -> list[Any]:
    if variable.type == "choice":
        return [choice.value for choice in variable.choices]
    if variable.type == "boolean":
        return [True, False]
    tested = [value for test in tests for value in (test.value if test.op == "in" else [test.value])]
    return [*dict.fromkeys(value for value in tested if value is not None), ANOTHER, None]
