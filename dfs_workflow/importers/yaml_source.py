"""Reads a YAML file nobody vouches for: plain text, no tags, aliases or repeated keys, limits on size and depth."""

from __future__ import annotations

import re
from typing import Any

import yaml

LARGEST = 2_000_000  # bytes
MOST = 1_500_000  # values, each of which takes some hundred times the memory of a sign
DEEPEST = 40
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # no database and no page takes these

# The C parser is ten times faster and comes with most builds of PyYAML.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SourceError(ValueError):
    """A content file that can't be used: which file, where in it, and why, in one sentence."""

    def __init__(self, name: str, place: str, reason: str) -> None:
        self.name = name
        self.place = place
        self.reason = reason
        super().__init__(f"{name}: {place}: {reason}." if place else f"{name}: {reason}.")


class _Loader(_Base):  # type: ignore[misc]
    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is not a plain text", key_node.start_mark)
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key “{key_node.value[:60]}” is there twice", key_node.start_mark
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


def load_yaml(name: str, text: str, *, largest: int = LARGEST) -> dict[str, Any]:
    if len(text.encode("utf-8", "replace")) > largest:
        raise SourceError(name, "", f"the file is larger than {largest // 1_000_000} MB")
    try:
        _refuse_tricks(name, text)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  a subclass of the safe loader
    except yaml.YAMLError as error:
        raise SourceError(name, _line(error), _reason(error)) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(name, "", "the file holds a value that can't be read") from error
    if not isinstance(data, dict):
        raise SourceError(name, "", "the file must hold one object with named fields")
    return data


def _refuse_tricks(name: str, text: str) -> None:
    """Aliases can blow a small file up, depth exhaust the stack and many values the memory: refuse before building."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Base)):
        if number > MOST:
            raise SourceError(name, "", f"the file holds more than {MOST:,} values: as JSON it can be read")
        if isinstance(event, yaml.AliasEvent):
            raise SourceError(name, f"line {event.start_mark.line + 1}", "aliases are not allowed")
        if isinstance(event, yaml.ScalarEvent) and CONTROL.search(event.value):
            raise SourceError(name, f"line {event.start_mark.line + 1}", "a text holds a character that no text has")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise SourceError(name, f"line {event.start_mark.line + 1}", "the file is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return f"line {mark.line + 1}" if mark else ""


def _reason(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return f"the file is not valid YAML ({' '.join(str(problem).split())[:120]})"
