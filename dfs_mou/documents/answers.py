"""The answers to a template's questions: what was given, per language where the variable is localised.

JSON form, the same as in the example pairs: `{"common": {name: value}, "values": {language: {name: value}}}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dfs_mou.documents.cleaning import WrongAnswer, clean_value
from dfs_mou.documents.edition import Edition, Variable


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


@dataclass(frozen=True)
class AnswerError:
    """One answer that can't be used, beside which field it belongs, and what was typed there."""

    name: str
    language: str | None
    code: str
    message: str | Promise
    raw: Any = None


@dataclass(frozen=True)
class Cleaned:
    """The answers that can be used and the errors of the others; nothing that was typed is lost."""

    answers: Answers
    errors: tuple[AnswerError, ...]

    @property
    def is_valid(self) -> bool:
        return not self.errors


def clean(edition: Edition, data: Any) -> Cleaned:
    """Check raw answers, in the JSON form above, against the variables of an edition."""
    if not isinstance(data, Mapping) or not set(data) <= {"common", "values"}:
        wrong = _("Answers are an object with “common” and “values”.")
        return Cleaned(Answers(), (AnswerError("", None, "not_answers", wrong, data),))
    errors: list[AnswerError] = []
    common = _clean_part(edition, data.get("common") or {}, None, errors)
    values = {}
    by_language = data.get("values") or {}
    if not isinstance(by_language, Mapping):
        errors.append(AnswerError("values", None, "not_answers", _("“values” has one object for each language.")))
        by_language = {}
    for language, part in by_language.items():
        if language in edition.languages:
            values[language] = _clean_part(edition, part, language, errors)
        else:
            unknown = _("The model text does not exist in this language.")
            errors.append(AnswerError("values", str(language)[:20], "unknown_language", unknown, part))
    return Cleaned(Answers(common, values), tuple(errors))


def _clean_part(edition: Edition, part: Any, language: str | None, errors: list[AnswerError]) -> dict[str, Any]:
    if not isinstance(part, Mapping):
        errors.append(AnswerError("", language, "not_answers", _("Answers are pairs of a name and a value."), part))
        return {}
    cleaned = {}
    for name, raw in part.items():
        variable = edition.by_name.get(name) if isinstance(name, str) else None
        try:
            if variable is None:
                raise WrongAnswer("unknown", _("There is no such question."))
            if variable.localised != (language is not None):
                raise WrongAnswer("wrong_place", _place_message(variable))
            cleaned[variable.name] = clean_value(variable, raw)
        except WrongAnswer as wrong:
            errors.append(AnswerError(str(name)[:64], language, wrong.code, wrong.message, raw))
    return cleaned


def _place_message(variable: Variable) -> str | Promise:
    if variable.localised:
        return _("This question is answered once for each language.")
    return _("This question is answered once for all languages.")
