"""The steps of the builder and what each shows."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dfs_mou import query
from dfs_mou.documents.conditions import Need, clauses_in, variables_needed
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.name_forms import with_forms
from dfs_mou.documents.wording import Wording
from dfs_mou.models import AgreementParty, TemplateEdition
from dfs_mou.views.builder.fields import Fields, clause_rows, errors_by_field, field_id, language_name
from dfs_mou.views.builder.parties import party_context
from dfs_mou.views.builder.state import State
from dfs_mou.views.words import Words


class Builder:
    def __init__(self, row: TemplateEdition, edition: Edition, state: State, language: str, user: Any = None) -> None:
        self.row = row
        self.edition = edition
        self.state = state
        self.words = Words(edition, language)
        self.ui_language = language
        self.user = user
        self.cleaned = state.clean(edition)
        self.errors = self.cleaned.errors

    def with_final(self, final: str) -> Builder:
        return Builder(self.row, self.edition, replace(self.state, final=final), self.ui_language, self.user)

    @cached_property
    def wording(self) -> Wording:
        """What the parties of the saved agreement agreed to say instead of the template."""
        token = self.state.token
        return Wording.from_json(query.wording_of(token, self.user, timezone.now()) if token else {})

    @cached_property
    def look(self) -> str:
        """Of Word files: what the parties of the saved agreement chose, or that of the site."""
        return query.look_of(self.party.agreement if self.party else None)

    @cached_property
    def party(self) -> AgreementParty | None:
        return query.party(self.state.token, self.user, timezone.now()) if self.state.token else None

    @cached_property
    def is_shared(self) -> bool:
        """Others work on it too, so that nobody alone says that its text is final."""
        return self.party is not None and self.party.agreement.parties.count() > 1

    @cached_property
    def needs(self) -> list[Need]:
        return variables_needed(self.edition, self.cleaned.answers, self.state.keep, self.state.languages)

    @cached_property
    def needs_by_group(self) -> dict[str, list[Need]]:
        found: dict[str, list[Need]] = {group.key: [] for group in self.edition.groups}
        for need in self.needs:
            found[need.variable.group].append(need)
        return {key: needs for key, needs in found.items() if needs}

    @property
    def step_keys(self) -> list[str]:
        return ["parties", *self.needs_by_group, "clauses"]

    def after(self, step: str) -> str | None:
        """The step that follows; after the last one comes the document itself."""
        keys = self.step_keys
        place = keys.index(step) if step in keys else -1
        return keys[place + 1] if place + 1 < len(keys) else None

    def before(self, step: str) -> str | None:
        keys = self.step_keys
        return keys[keys.index(step) - 1] if step in keys[1:] else None

    def step_of_errors(self, step: str) -> str:
        """The step at hand if something is wrong there, otherwise the first one where something is."""
        groups = [self._group_of(error.name) for error in self.errors]
        return step if step in groups else groups[0]

    def _group_of(self, name: str) -> str:
        variable = self.edition.by_name.get(name)
        return variable.group if variable and variable.group in self.needs_by_group else "parties"

    def title(self, step: str) -> str:
        fixed = {"parties": _("Parties and languages"), "clauses": _("Clauses"), "preview": _("The document")}
        groups = {group.key: self.words.text(group.title) for group in self.edition.groups}
        return fixed.get(step) or groups[step]

    def frame(self, step: str) -> dict[str, Any]:
        """What stands around every step."""
        return {
            "step": step,
            "step_title": self.title(step),
            "steps": [self._step(key, step) for key in (*self.step_keys, "preview")],
            "state": self.state.to_text(),
            "token": self.state.token,
            "edition": self.row,
            "languages": [(code, language_name(code), code in self.state.languages) for code in self.edition.languages],
            "chosen_languages": [(code, language_name(code)) for code in self.state.languages],
            "unreviewed": [
                language_name(code)
                for code in sorted(query.unreviewed_languages(self.edition.template))
                if code in self.state.languages
            ],
            "text_language": self.words.language,
        }

    def _step(self, key: str, current: str) -> dict[str, Any]:
        wrong = sum(self._group_of(error.name) == key for error in self.errors)
        open_ones = sum(need.is_open for need in self.needs_by_group.get(key, ()))
        if wrong:
            note = ngettext("%(count)s error", "%(count)s errors", wrong) % {"count": wrong}
        elif key in self.needs_by_group:
            words = ngettext("%(count)s open", "%(count)s open", open_ones)
            note = words % {"count": open_ones} if open_ones else _("Answered")
        else:
            note = ""
        return {
            "key": key,
            "title": self.title(key),
            "note": note,
            "is_current": key == current,
            "is_done": key in self.needs_by_group and not wrong and not open_ones,
        }

    def context(self, step: str) -> dict[str, Any]:
        step = step if step in self.step_keys else "parties"
        context = self.frame(step) | {"before": self.before(step), "errors": self._summary(step)}
        if step == "parties":
            return context | party_context(self.state, self.ui_language)
        if step == "clauses":
            states = clauses_in(self.edition, self.cleaned.answers, self.state.keep)
            return context | {"clauses": clause_rows(self.edition, states, self.words)}
        group = next(group for group in self.edition.groups if group.key == step)
        wrong = errors_by_field(self.errors)
        answers = with_forms(self.edition, self.cleaned.answers)
        fields = Fields(self.edition, self.state, self.words, answers)
        questions = [field for need in self.needs_by_group[step] for field in fields.of(need, wrong)]
        return context | {"group_help": self.words.text(group.help), "fields": questions}

    def _summary(self, step: str) -> list[dict[str, str]]:
        return [
            {
                "message": str(error.message),
                "label": self.words.label(error.name) if error.name in self.edition.by_name else "",
                "target": field_id(error.name, error.language or "") if self._group_of(error.name) == step else "",
            }
            for error in self.errors
        ]
