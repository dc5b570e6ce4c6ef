"""Answers of a program: what no text holds is refused, as in a file; a form leaves it out of what is pasted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dfs_mou.api.schemas import AnswersIn
from dfs_mou.documents.answers import AnswerError, Cleaned, clean
from dfs_mou.documents.edition import Edition
from dfs_workflow.importers.yaml_source import CONTROL

NO_TEXT = "The answer holds a character that no text has."


def clean_exactly(edition: Edition, given: AnswersIn) -> Cleaned:
    cleaned = clean(edition, given.dict())
    return replace(cleaned, errors=(*control_characters(given), *cleaned.errors))


def control_characters(given: AnswersIn) -> Iterator[AnswerError]:
    parts: list[tuple[str | None, Mapping[str, Any]]] = [(None, given.common), *given.values.items()]
    for language, part in parts:
        for name, value in part.items():
            if any(CONTROL.search(text) for text in texts(value)):
                yield AnswerError(name, language, "control_character", NO_TEXT, value)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for row in value.values():
            yield from texts(row)
    elif isinstance(value, list):
        for row in value:
            yield from texts(row)
