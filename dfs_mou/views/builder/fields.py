"""The questions of one step, ready for the template: no decision is left to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dfs_mou.blocks.values import to_text
from dfs_mou.documents.answers import ASK, AnswerError, Answers
from dfs_mou.documents.conditions import ClauseState, Need
from dfs_mou.documents.edition import Edition, Variable
from dfs_mou.documents.labels import labels_in
from dfs_mou.documents.name_forms import propose_form
from dfs_mou.views.builder.state import State
from dfs_mou.views.words import Words, listed, listed_apart, quoted

WIDGETS = {
    "choice": "options",
    "boolean": "options",
    "integer": "number",
    "date": "date",
    "long_text": "lines",
    "legal_acts_list": "lines",
    "list_of_contacts": "lines",
}
WITHOUT_EXAMPLE = ("choice", "boolean", "integer")  # the field itself shows what is possible


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    variable: Variable
    name: str
    id: str
    widget: str
    label: str
    label_lang: str
    language: str
    language_name: str
    direction: str
    value: str
    help: str
    example: str
    unit: str
    limits: str
    proposal: str
    error: str
    why: tuple[str, ...]
    options: tuple[Option, ...]

    @property
    def shown_language(self) -> str:
        return self.language or self.label_lang

    @property
    def describedby(self) -> str:
        parts = [(self.help or self.example or self.proposal, "h"), (self.error, "e")]
        return " ".join(f"{self.id}-{part}" for shown, part in parts if shown)


class Fields:
    def __init__(self, edition: Edition, state: State, words: Words, answers: Answers) -> None:
        self.edition = edition
        self.state = state
        self.words = words
        self.answers = answers

    def of(self, need: Need, errors: Mapping[tuple[str, str], AnswerError]) -> list[Field]:
        languages = self.state.languages if need.variable.localised else ("",)
        return [self._field(need, language, errors.get((need.variable.name, language))) for language in languages]

    def _field(self, need: Need, language: str, error: AnswerError | None) -> Field:
        variable = need.variable
        raw = self._raw(variable, language)
        text = raw if isinstance(raw, str) else to_text(raw)
        shown_in = language or self.words.language
        return Field(
            variable=variable,
            name=f"a.{language}.{variable.name}",
            id=field_id(variable.name, language),
            widget=WIDGETS.get(variable.type, "text"),
            label=self.words.label(variable.name),
            label_lang=self.words.language,
            language=language,
            language_name=language_name(language) if len(self.state.languages) > 1 else "",
            direction=labels_in(shown_in).direction,
            value=text,
            help=self.words.text(variable.help),
            example="" if variable.type in WITHOUT_EXAMPLE else to_text(variable.example.get(shown_in)),
            unit=unit_name(variable.unit),
            limits=limits(variable),
            proposal=propose_form(self.edition, self.answers, variable, language) or "",
            error=str(error.message) if error else "",
            why=self._why(need),
            options=self._options(variable, text),
        )

    def _raw(self, variable: Variable, language: str) -> Any:
        part = self.state.answers["values"].get(language, {}) if language else self.state.answers["common"]
        if variable.name in part:
            return part[variable.name]
        default = variable.default_in(language)
        return None if default is ASK else default

    def _options(self, variable: Variable, chosen: str) -> tuple[Option, ...]:
        if variable.type == "boolean":
            return (Option("yes", _("Yes"), chosen == "yes"), Option("no", _("No"), chosen == "no"))
        return tuple(
            Option(choice.value, self.words.text(choice.label), choice.value == chosen) for choice in variable.choices
        )

    def _why(self, need: Need) -> tuple[str, ...]:
        tops = {node.key: top for top in (*self.edition.clauses, *self.edition.annexes) for node in top.walk()}
        printed = list(dict.fromkeys(tops[key].key for key in need.printed_in))
        lines = []
        if printed:
            names = listed(quoted(self.words.clause(key)) for key in printed)
            lines.append(_("Printed in: %(clauses)s.") % {"clauses": names})
        if need.decides:
            names = listed_apart(quoted(self.words.clause(key)) for key in need.decides)
            lines.append(_("Decides whether these parts are printed: %(clauses)s.") % {"clauses": names})
        return tuple(lines)


def field_id(name: str, language: str) -> str:
    return f"q-{language}-{name}" if language else f"q-{name}"


def language_name(code: str) -> str:
    from_code = {"en": _("English"), "fr": _("French"), "es": _("Spanish"), "ar": _("Arabic")}
    return from_code.get(code) or {"zh-hans": _("Simplified Chinese"), "ru": _("Russian")}.get(code, code)


def unit_name(unit: str | None) -> str:
    names = {
        "second": _("seconds"),
        "minute": _("minutes"),
        "hour": _("hours"),
        "day": _("days"),
        "working_day": _("working days"),
        "month": _("months"),
        "year": _("years"),
    }
    return names.get(unit or "", unit or "")


def limits(variable: Variable) -> str:
    parts = []
    if variable.min is not None and variable.max is not None:
        parts.append(_("Allowed: %(min)s to %(max)s.") % {"min": variable.min, "max": variable.max})
    if variable.type == "integer" and variable.default is not None:
        parts.append(_("The model proposes %(value)s.") % {"value": variable.default})
    return " ".join(parts)


def errors_by_field(errors: tuple[AnswerError, ...]) -> dict[tuple[str, str], AnswerError]:
    return {(error.name, error.language or ""): error for error in errors}


def clause_rows(edition: Edition, states: Mapping[str, ClauseState], words: Words) -> list[dict[str, Any]]:
    """Every whole clause, and each part that an answer or a choice moves."""
    rows = []
    for top in (*edition.clauses, *edition.annexes):
        for node in top.walk():
            if node is not top and node.kind == "mandatory" and node.condition is None:
                continue
            state = states[node.key]
            rows.append(
                {
                    "key": node.key,
                    "title": words.clause(node.key),
                    "is_part": node is not top,
                    "is_in": state.is_in,
                    "is_open": state.status.value == "ask",
                    "reason": words.reason(state),
                    "is_choice": node.kind == "optional" and state.reason.value in ("kept", "left_out"),
                }
            )
    return rows
