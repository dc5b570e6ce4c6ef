"""Rows of a condition, as an editor builds them, into the form of an edition."""

from collections.abc import Iterable, Mapping
from typing import Any

from dfs_mou.blocks.values import from_text

Json = dict[str, Any]


def condition_of(rows: Iterable[Any], types: Mapping[str, str]) -> Json | None:
    """`types`: the kind of answer of each variable, which says what a value means."""
    parts = [_row(row, types) for row in rows]
    if len(parts) < 2:
        return parts[0] if parts else None
    return {"op": "all", "of": parts}


def _row(row: Any, types: Mapping[str, str]) -> Json:
    if row.block_type == "test":
        return _test(row.value, types)
    return {"op": "any", "of": [_test(test, types) for test in row.value]}


def _test(test: Mapping[str, str], types: Mapping[str, str]) -> Json:
    name, operator = test["variable"], test["operator"]
    kind = types.get(name, "text")
    if operator in ("set", "unset"):
        plain: Json = {"op": "set", "var": name}
    elif operator in ("in", "not_in"):
        values = [from_text(kind, part) for part in test["value"].split(",")]
        plain = {"op": "in", "var": name, "value": values}
    else:
        plain = {"op": operator, "var": name, "value": from_text(kind, test["value"])}
    return {"op": "not", "of": [plain]} if operator in ("unset", "not_in") else plain
