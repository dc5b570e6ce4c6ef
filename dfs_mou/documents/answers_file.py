"""Answers as data: what a document was made from, and the file of answers that goes out and comes in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.conditions import variables_needed
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.wording import Wording


def source_of(edition: Edition, answers: Answers, keep: Collection[str] | None, wording: Wording) -> dict[str, Any]:
    """Only the answers that the printed clauses need: what was typed for others goes into no file."""
    needed = {need.variable.name for need in variables_needed(edition, answers, keep)}

    def part(values: Any) -> dict[str, Any]:
        return {name: value for name, value in values.items() if name in needed}

    return {
        "template": edition.template,
        "version": edition.version,
        "edition": edition.sha256,
        "common": part(answers.common),
        "values": {language: part(values) for language, values in answers.values.items()},
        "keep": None if keep is None else sorted(keep),
        **({} if wording == Wording() else {"wording": wording.to_json()}),
    }
