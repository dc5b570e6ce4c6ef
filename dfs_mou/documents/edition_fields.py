"""Reads the fields of one JSON object and says, in a sentence, where one of them is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class EditionError(ValueError):
    """An edition that can't be read: `place` says where, `reason` what is wrong, `missing` which field is empty."""

    def __init__(self, place: str, reason: str, missing: str = "") -> None:
        self.place = place
        self.reason = reason
        self.missing = missing
        super().__init__(f"{place}: {reason}.")


class Fields:
    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, dict) or not all(isinstance(name, str) for name in data):
            raise EditionError(place, "an object with named fields is needed here")
        self.data = data
        self.place = place
        self.read: set[str] = set()

    def value(self, name: str) -> Any:
        self.read.add(name)
        return self.data.get(name)

    def text_or_none(self, name: str) -> str | None:
        value = self.value(name)
        if value is not None and not isinstance(value, str):
            raise self.wrong(name, "a text")
        return value

    def text(self, name: str) -> str:
        value = self.text_or_none(name)
        if not value:
            raise EditionError(self.place, f"“{name}” is missing", name)
        return value

    def one_of(self, name: str, values: Sequence[str]) -> str:
        value = self.text(name)
        if value not in values:
            raise EditionError(self.place, f"“{name}” is “{value}”, not one of {', '.join(values)}")
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self.value(name)
        value = default if value is None else value
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false")
        return value

    def integer_or_none(self, name: str) -> int | None:
        value = self.value(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.wrong(name, "a whole number")
        return value

    def list(self, name: str, of: type | None = None) -> list[Any]:
        value = self.value(name)
        value = [] if value is None else value
        if not isinstance(value, list) or (of and not all(isinstance(row, of) for row in value)):
            raise self.wrong(name, "a list")
        return value

    def mapping(self, name: str) -> dict[str, Any]:
        value = self.value(name)
        value = {} if value is None else value
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise self.wrong(name, "an object with one entry for each language")
        return value

    def texts(self, name: str) -> dict[str, str]:
        value = self.mapping(name)
        if not all(isinstance(text, str) for text in value.values()):
            raise self.wrong(name, "a text for each language")
        return value

    def wrong(self, name: str, needed: str) -> EditionError:
        return EditionError(self.place, f"“{name}” must be {needed}")

    def done(self) -> None:
        unknown = sorted(set(self.data) - self.read)
        if unknown:
            raise EditionError(self.place, f"the field “{unknown[0][:60]}” is unknown")
