"""A condition of an edition into the rows that an editor sees: all of them must hold."""

from collections.abc import Callable
from typing import Any

from dfs_mou.blocks.values import to_text

Json = dict[str, Any]
Identity = Callable[[str], str]


class UnfitCondition(ValueError):
    """A condition that is more than rows of tests, or of alternatives of tests."""

    def __init__(self) -> None:
        super().__init__("a condition is nested deeper than the rows of a page can show")


def rows_of(condition: Json | None, identity: Identity) -> list[Json]:
    """Raw stream data; `identity` gives each row a lasting id."""
    if condition is None:
        return []
    parts = condition["of"] if condition["op"] == "all" else [condition]
    return [_row(part, lambda place, i=i: identity(f"condition/{i}{place}")) for i, part in enumerate(parts)]


def _row(part: Json, identity: Identity) -> Json:
    if part["op"] != "any":
        return {"type": "test", "value": _test(part), "id": identity("")}
    tests = [{"type": "item", "value": _test(test), "id": identity(f"/{i}")} for i, test in enumerate(part["of"])]
    return {"type": "any_of", "value": tests, "id": identity("")}


def _test(part: Json) -> Json:
    negated = part["op"] == "not"
    test = part["of"][0] if negated else part
    names = {"eq": "ne", "ne": "eq", "in": "not_in", "set": "unset"} if negated else {}
    if test["op"] not in ("eq", "ne", "in", "set"):
        raise UnfitCondition
    value = test.get("value")
    text = ", ".join(to_text(item) for item in value) if isinstance(value, list) else to_text(value)
    return {"variable": test["var"], "operator": names.get(test["op"], test["op"]), "value": text}
