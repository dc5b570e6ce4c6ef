"""Reads a file of answers that a drafter brings: JSON or XLSX, from anywhere. Nothing in it is trusted."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from dfs_mou.documents.edition import Edition
from dfs_mou.exporters.answers_files import ANSWERS, CLAUSES

LARGEST = 2_000_000  # bytes of a file
LARGEST_UNPACKED = 20_000_000
MOST_ROWS = 5_000
FIELDS = {"template", "version", "edition", "common", "values", "keep", "wording"}


class UnfitFile(ValueError):
    """A file that holds no answers: one sentence that says what to do."""


@dataclass(frozen=True)
class Brought:
    """Raw answers: the form checks them, and says what is wrong beside each field."""

    common: dict[str, Any] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    keep: tuple[str, ...] | None = None


def read(edition: Edition, data: bytes) -> Brought:
    if len(data) > LARGEST:
        raise UnfitFile(_("The file is larger than 2 megabytes, which answers never are."))
    brought = _xlsx(edition, data) if data.startswith(b"PK") else _json(edition, data)
    if not brought.common and not brought.values:
        raise UnfitFile(_("The file has no answers for this model."))
    return brought


def _json(edition: Edition, data: bytes) -> Brought:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnfitFile(_("This is no file of answers: bring a JSON or XLSX file made here.")) from error
    if not isinstance(found, dict) or not set(found) <= FIELDS:
        raise UnfitFile(_("This is no file of answers: bring a JSON or XLSX file made here."))
    keep = found.get("keep")
    kept = [str(key) for key in keep] if isinstance(keep, list) else None
    values = found.get("values") or {}
    rows = [("", name, value) for name, value in _pairs(found.get("common"))]
    rows += [(str(language), name, value) for language, part in _pairs(values) for name, value in _pairs(part)]
    return _known(edition, rows, kept)


def _pairs(part: Any) -> Iterable[tuple[str, Any]]:
    return [(str(name), value) for name, value in part.items()] if isinstance(part, dict) else []


def _xlsx(edition: Edition, data: bytes) -> Brought:
    try:
        _check_sizes(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        answers = [(row[1] or "", row[0], row[3]) for row in _sheet(book, ANSWERS, 4) if row[3] not in (None, "")]
        clauses = list(_sheet(book, CLAUSES, 3))
    except UnfitFile:
        raise
    except Exception as error:  # noqa: BLE001  the reader of a foreign format fails in too many ways to name
        raise UnfitFile(_("The sheet can't be read: bring one made here, saved as XLSX.")) from error
    keep = [row[0] for row in clauses if row[2].strip().casefold() == "yes"] if clauses else None
    return _known(edition, answers, keep)


def _check_sizes(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        rows = package.infolist()
        if len(rows) > 100 or sum(row.file_size for row in rows) > LARGEST_UNPACKED:
            raise UnfitFile(_("The sheet unpacks to more than answers ever are."))
        if any(b"<!DOCTYPE" in package.read(row) or b"<!ENTITY" in package.read(row) for row in rows):
            raise UnfitFile(_("The sheet declares entities, which no spreadsheet does: save it anew."))


def _sheet(book: Any, name: str, columns: int) -> Iterator[tuple[str, ...]]:
    if name not in book.sheetnames:
        return
    for number, row in enumerate(book[name].iter_rows(min_row=2, max_col=columns, values_only=True)):
        if number > MOST_ROWS:
            raise UnfitFile(_("The sheet has more rows than there are questions."))
        cells = [*row, *([None] * columns)][:columns]
        yield tuple("" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in cells)


def _known(edition: Edition, rows: Iterable[tuple[str, str, Any]], keep: list[str] | None) -> Brought:
    """What another template or language asked is left out; the rest is checked by the form."""
    common: dict[str, Any] = {}
    values: dict[str, dict[str, Any]] = {}
    for language, name, value in rows:
        variable = edition.by_name.get(name)
        if variable is None or (language and language not in edition.languages):
            continue
        if variable.localised == bool(language):
            (values.setdefault(language, {}) if language else common)[name] = value
    kept = None if keep is None else tuple(key for key in keep if key in edition.by_key)
    return Brought(common, values, kept)
