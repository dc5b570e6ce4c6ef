"""Everything a drafter said so far. It travels in the form; nothing is stored until somebody presses save."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from dfs_mou.documents.answers import Cleaned, clean
from dfs_mou.documents.conditions import kept_by_default
from dfs_mou.documents.edition import Edition

LARGEST = 700_000  # characters of answers: one of the longest in each of six languages


class BadState(ValueError):
    """A form that this site did not make."""


class UnknownLanguage(ValueError):
    """A language that the page did not offer."""


class TooLarge(ValueError):
    """More answers than anybody needs."""


@dataclass(frozen=True)
class State:
    languages: tuple[str, ...]
    template: str = ""
    country: str = ""
    regulator: str = ""
    bank: str = ""
    answers: Mapping[str, Any] = field(default_factory=lambda: {"common": {}, "values": {}})
    keep: tuple[str, ...] | None = None
    token: str = ""
    base: int = 0  # the saved version that these answers started from
    final: str = ""  # the date and the hash of the texts that the parties agreed on

    @classmethod
    def first(cls, edition: Edition, language: str) -> State:
        return cls((language if language in edition.languages else edition.languages[0],), edition.template)

    @classmethod
    def from_text(cls, edition: Edition, text: str) -> State:
        if len(text) > LARGEST:
            raise TooLarge
        try:
            data = json.loads(text)
            keep = data["keep"]
            state = cls(
                languages=tuple(str(code) for code in data["languages"] if code in edition.languages),
                template=edition.template,
                country=str(data["country"])[:2],
                regulator=str(data["regulator"])[:20],
                bank=str(data["bank"])[:20],
                answers={"common": dict(data["common"]), "values": {k: dict(v) for k, v in data["values"].items()}},
                keep=None if keep is None else tuple(key for key in keep if key in edition.by_key),
                token=str(data["token"])[:100],
                base=int(data.get("base", 0)),
                final=str(data.get("final", ""))[:100],
            )
            if "/" in state.token:  # no address of this site leads to it
                raise BadState
            state.to_text().encode()  # half of a surrogate pair is no text that a page could send back
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadState from error
        return state if state.languages else replace(state, languages=edition.languages[:1])

    @property
    def parties(self) -> dict[str, str]:
        """What was chosen from the directory."""
        return {"country": self.country, "regulator": self.regulator, "bank": self.bank}

    def to_text(self) -> str:
        data = {
            "languages": self.languages,
            "template": self.template,
            **self.parties,
            "common": self.answers["common"],
            "values": self.answers["values"],
            "keep": self.keep,
            "token": self.token,
            "base": self.base,
            "final": self.final,
        }
        return json.dumps(data, ensure_ascii=False)

    def with_answers(self, more: Mapping[str, Any]) -> State:
        values = {language: dict(part) for language, part in self.answers["values"].items()}
        for language, part in more.get("values", {}).items():
            values[language] = values.get(language, {}) | dict(part)
        return replace(self, answers={"common": self.answers["common"] | more.get("common", {}), "values": values})

    def without_answers(self, prefixes: tuple[str, ...], names: frozenset[str] = frozenset()) -> State:
        def kept(part: Mapping[str, Any]) -> dict[str, Any]:
            return {k: value for k, value in part.items() if not k.startswith(prefixes) and k not in names}

        values = {language: kept(part) for language, part in self.answers["values"].items()}
        return replace(self, answers={"common": kept(self.answers["common"]), "values": values})

    def with_post(self, edition: Edition, post: QueryDict) -> State:
        """What the visible fields of the step add."""
        common: dict[str, Any] = {}
        values: dict[str, dict[str, Any]] = {}
        for key in post:
            prefix, _, rest = key.partition(".")
            language, _, name = rest.partition(".")
            if prefix == "a" and name:
                part = values.setdefault(language, {}) if language else common
                part[name] = post[key]
        state = self.with_answers({"common": common, "values": values})
        if "asks_clauses" in post:
            shown, checked = set(post.getlist("shown")), set(post.getlist("keep"))
            before = kept_by_default(edition) if state.keep is None else set(state.keep)
            state = replace(state, keep=tuple(sorted((before - shown) | (checked & shown))))
        if "asks_languages" in post:
            if not set(post.getlist("language")) <= set(edition.languages):
                raise UnknownLanguage
            chosen = tuple(code for code in edition.languages if code in post.getlist("language"))
            state = replace(state, languages=chosen or state.languages)
        if len(state.to_text()) > LARGEST:
            raise TooLarge
        return state

    def clean(self, edition: Edition) -> Cleaned:
        """Only what belongs to the languages chosen; what was typed for another one waits."""
        values = {code: part for code, part in self.answers["values"].items() if code in self.languages}
        return clean(edition, {"common": self.answers["common"], "values": values})
