"""Turns a condition of a template file into rows, by a whitelist over Python's own parser."""

from __future__ import annotations

import ast
from typing import Any

from dfs_mou.documents.clauses import Condition

LONGEST = 500


class ConditionError(ValueError):
    """A condition that is not understood; the message says what is not."""


def parse_condition(text: str) -> Condition:
    if len(text) > LONGEST:
        raise ConditionError(f"the condition is longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ConditionError(f"the condition “{text[:80]}” is not well formed") from error
    return _condition(tree.body, text, 0)


def _condition(node: ast.expr, text: str, depth: int) -> Condition:
    if depth > 20:
        raise ConditionError("the condition is nested too deeply")
    if isinstance(node, ast.BoolOp):
        op = "all" if isinstance(node.op, ast.And) else "any"
        return Condition(op, of=tuple(_condition(value, text, depth + 1) for value in node.values))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Condition("not", of=(_condition(node.operand, text, depth + 1),))
    if isinstance(node, ast.Name):
        return Condition("set", var=node.id)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.left, ast.Name):
        return _comparison(node.left.id, node.ops[0], node.comparators[0], text)
    raise ConditionError(f"the condition “{text[:80]}” has something else than ==, !=, in, and, or, not and names")


def _comparison(name: str, op: ast.cmpop, right: ast.expr, text: str) -> Condition:
    if isinstance(op, ast.Eq | ast.NotEq):
        return Condition("eq" if isinstance(op, ast.Eq) else "ne", var=name, value=_constant(right, text))
    if isinstance(op, ast.In | ast.NotIn) and isinstance(right, ast.List | ast.Tuple):
        inside = Condition("in", var=name, value=[_constant(item, text) for item in right.elts])
        return inside if isinstance(op, ast.In) else Condition("not", of=(inside,))
    raise ConditionError(f"the condition “{text[:80]}” compares in a way that is not allowed")


def _constant(node: ast.expr, text: str) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bool | int):
        return node.value
    raise ConditionError(f"the condition “{text[:80]}” compares with something else than a plain value")
