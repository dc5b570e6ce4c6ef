"""Conditions and reasons in the words of a screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from dfs_mou.documents.answers import ASK, EMPTY
from dfs_mou.documents.clauses import Condition, Node
from dfs_mou.documents.conditions import ClauseState, Reason
from dfs_mou.documents.edition import Edition, Variable
from dfs_mou.importers.sample_text import SampleText


class Words:
    """The texts of an edition in one language, or else in its first."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition = edition
        self.language = language if language in edition.languages else edition.languages[0]
        self.sample = SampleText(edition.to_json(), self.language)

    def text(self, texts: Any) -> str:
        return str(texts.get(self.language) or "")

    def label(self, name: str) -> str:
        return self.text(self.edition.by_name[name].label) or name

    def clause(self, key: str) -> str:
        """The title of a clause, the beginning of its text, or of one that has neither its key."""
        node = self.edition.by_key[key]
        return self.text(node.title) or excerpt(self.plain(node)) or key

    def plain(self, node: Node) -> str:
        parts = []
        for run in node.runs(self.language):
            if run.var:
                parts.append(self.sample.printed(run.var))
            else:
                parts.append(
                    " " if run.is_break else run.text if run.text is not None else self.sample.label({"ref": run.ref})
                )
        return "".join(parts)

    def value(self, variable: Variable, value: Any) -> str:
        if value is ASK:
            return _("not answered yet")
        if value in EMPTY:
            return _("left empty")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        labels = {choice.value: self.text(choice.label) for choice in variable.choices}
        return labels.get(value) or str(value)

    def condition(self, condition: Condition) -> str:
        if condition.op == "not":
            return _("not (%(condition)s)") % {"condition": self.condition(condition.of[0])}
        if condition.of:
            word = _(" and ") if condition.op == "all" else _(" or ")
            return word.join(self.condition(part) for part in condition.of)
        variable = self.edition.by_name[condition.var]
        values = condition.value if isinstance(condition.value, list) else [condition.value]
        words = {"question": self.label(condition.var), "value": listed(self.value(variable, row) for row in values)}
        if condition.op == "set":
            if variable.type == "boolean":
                return _("“%(question)s” is answered with yes") % words
            return _("“%(question)s” is filled") % words
        if condition.op == "ne":
            return _("“%(question)s” is not “%(value)s”") % words
        return _("“%(question)s” is “%(value)s”") % words

    def facts(self, state: ClauseState) -> str:
        rows = [
            _("%(question)s: %(value)s")
            % {"question": self.label(name), "value": self.value(self.edition.by_name[name], value)}
            for name, value in state.facts
        ]
        return listed_apart(rows)

    def reason(self, state: ClauseState) -> str:
        because = self.clause(state.because) if state.because else ""
        facts = self.facts(state)
        if state.reason is Reason.MANDATORY:
            return _("Always part of the MOU")
        if state.reason is Reason.CHOSEN:
            return _("In, because of your answer (%(facts)s)") % {"facts": facts}
        if state.reason is Reason.KEPT:
            return _("Optional, kept (%(facts)s)") % {"facts": facts} if facts else _("Optional, kept")
        if state.reason is Reason.REQUIRED:
            return _("In, because “%(clause)s” needs it") % {"clause": because}
        if state.reason is Reason.LEFT_OUT:
            return _("Optional, left out")
        if state.reason is Reason.CONDITION:
            return _("Left out, because of your answer (%(facts)s)") % {"facts": facts}
        if state.reason is Reason.OPEN:
            names = listed_apart(self.label(name) for name in state.waits_for)
            return _("Waits for an answer: %(questions)s") % {"questions": names}
        return _("Goes with “%(clause)s”") % {"clause": because}


def quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}


def listed(words: Iterable[str]) -> str:
    return _(", ").join(words)


def listed_apart(phrases: Iterable[str]) -> str:
    """For phrases that may have commas of their own."""
    return _("; ").join(phrases)


def excerpt(text: str, length: int = 110) -> str:
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
