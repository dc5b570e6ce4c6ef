"""The answers to a template's questions: what was given, per language where the variable is localised.

JSON form, the same as in the example pairs: `{"common": {name: value}, "values": {language: {name: value}}}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from dfs_mou.documents.edition import Variable


class Unasked(Enum):
    """The value of a variable that has neither an answer nor a default."""

    ASK = "ask"

    def __bool__(self) -> bool:
        return False


ASK = Unasked.ASK
EMPTY = (None, "", [], {})


@dataclass(frozen=True)
class Answers:
    common: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Answers:
        return cls(dict(data.get("common") or {}), {k: dict(v) for k, v in (data.get("values") or {}).items()})

    def to_json(self) -> dict[str, Any]:
        return {"common": dict(self.common), "values": {k: dict(v) for k, v in self.values.items()}}

    def given(self, variable: Variable, language: str) -> Any:
        """What was answered, `ASK` where nothing was."""
        source = self.values.get(language, {}) if variable.localised else self.common
        return source.get(variable.name, ASK)

    def value(self, variable: Variable, language: str) -> Any:
        """The answer or else the default; `ASK` where there is neither."""
        given = self.given(variable, language)
        if given is not ASK:
            return given
        default = variable.default_in(language)
        return ASK if default is None else default

    def deciding(self, variable: Variable) -> Any:
        """The value that conditions test: one for all languages, so that they print the same clauses.

        A localised variable counts as filled when it is filled in any language.
        """
        if not variable.localised:
            return self.value(variable, "")
        languages = sorted({*self.values, *(variable.default if isinstance(variable.default, Mapping) else ())})
        found = [self.value(variable, language) for language in languages]
        asked = [value for value in found if value is not ASK]
        filled = [value for value in asked if value not in EMPTY]
        return filled[0] if filled else asked[0] if asked else ASK
