"""Reads a file of answers that a drafter brings: JSON or XLSX, from anywhere. Nothing in it is trusted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dfs_mou.documents import answers_sheet
from dfs_mou.documents.answers import EMPTY
from dfs_mou.documents.answers_sheet import ANSWERS, CLAUSES
from dfs_mou.documents.edition import Edition
from dfs_workflow.documents.file_gate import RefusedFile
from dfs_workflow.documents.file_gate import marked as _
from dfs_workflow.documents.read_apart import read_apart

LARGEST = 2_000_000  # bytes of a file
FIELDS = {"template", "version", "edition", "common", "values", "keep", "wording"}


@dataclass(frozen=True)
class Brought:
    """Raw answers: the form checks them, and says what is wrong beside each field."""

    common: dict[str, Any] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    keep: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()  # names of answers and clauses that this model or language does not have

    @property
    def count(self) -> int:
        return len(self.common) + sum(len(part) for part in self.values.values())


def read(edition: Edition, data: bytes) -> Brought:
    """`RefusedFile` for a file that holds no answers: one sentence that says what to do."""
    if len(data) > LARGEST:
        raise RefusedFile(_("The file is larger than 2 megabytes, which answers never are."))
    brought = _xlsx(edition, data) if data.startswith(b"PK") else _json(edition, data)
    if not brought.common and not brought.values:
        raise RefusedFile(_("The file has no answers for this model."))
    return brought


def _json(edition: Edition, data: bytes) -> Brought:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RefusedFile(_("This is no file of answers: bring a JSON or XLSX file made here.")) from error
    if not isinstance(found, dict) or not set(found) <= FIELDS:
        raise RefusedFile(_("This is no file of answers: bring a JSON or XLSX file made here."))
    keep = found.get("keep")
    kept = [str(key) for key in keep] if isinstance(keep, list) else None
    values = found.get("values") or {}
    rows = [("", name, value) for name, value in _pairs(found.get("common"))]
    rows += [(str(language), name, value) for language, part in _pairs(values) for name, value in _pairs(part)]
    return _known(edition, rows, kept)


def _pairs(part: Any) -> Iterable[tuple[str, Any]]:
    return [(str(name), value) for name, value in part.items()] if isinstance(part, dict) else []


def _xlsx(edition: Edition, data: bytes) -> Brought:
    sheets = read_apart(answers_sheet.read, data)
    answers = [(language, name, answer) for name, language, _question, answer in sheets[ANSWERS] if answer]
    keep = [key for key, _title, kept in sheets[CLAUSES] if kept.strip().casefold() == "yes"]
    return _known(edition, answers, keep if sheets[CLAUSES] else None)


def _known(edition: Edition, rows: Iterable[tuple[str, str, Any]], keep: list[str] | None) -> Brought:
    """What another template or language asked is left out, and named; the rest is checked by the form."""
    common: dict[str, Any] = {}
    values: dict[str, dict[str, Any]] = {}
    left_out = [key for key in keep or () if key not in edition.by_key]
    for language, name, value in rows:
        variable = edition.by_name.get(name)
        if variable and variable.localised == bool(language) and (not language or language in edition.languages):
            (values.setdefault(language, {}) if language else common)[name] = value
        elif value not in EMPTY:
            left_out.append(f"{name} ({language})" if language else name)
    kept = None if keep is None else tuple(key for key in keep if key in edition.by_key)
    return Brought(common, values, kept, tuple(left_out))
