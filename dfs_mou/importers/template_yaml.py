"""Reads the model MOU, one YAML file for each language, into the JSON form of a template edition.

The files are material from outside: a broken or hostile one ends in one `SourceError` that names the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dfs_mou.documents.edition import Edition, EditionError
from dfs_mou.documents.edition_checks import problems
from dfs_mou.importers.condition_text import ConditionError, parse_condition
from dfs_mou.importers.template_groups import GROUPS
from dfs_workflow.importers.yaml_source import SourceError, load_yaml

TOKEN = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}|\[\[([a-z0-9-]+)\]\]|(\n)")
LEFTOVER = re.compile(r"\{\{|\}\}|\[\[|\]\]")
VARIABLE_FIELDS = frozenset(
    ("name", "label", "help", "type", "required", "group", "choices", "default", "example", "localised")
    + ("form_of", "unit", "min", "max")
)
CLAUSE_FIELDS = frozenset(
    (
        "reference",
        "id",
        "number",
        "title",
        "kind",
        "alternatives_group",
        "condition",
        "guidance",
        "itu_reference",
    )
    + ("body", "default_included", "requires", "numbering", "clauses")
)

File = tuple[str, str, dict[str, Any]]  # file name, language, content


def load_template(paths: Iterable[Path]) -> dict[str, Any]:
    sources = {}
    for path in paths:
        try:
            sources[path.name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(path.name, "", "the file can't be read as UTF-8 text") from error
    return parse_template(sources)


def parse_template(sources: Mapping[str, str]) -> dict[str, Any]:
    """File name → text, a file for each language, the source language first; returns the edition."""
    if not sources:
        raise SourceError("template", "", "there is no file to read")
    files = [_file(name, text) for name, text in sources.items()]
    first_name, _, first = files[0]
    for name, _, content in files[1:]:
        for field in ("id", "version"):
            if content.get(field) != first.get(field):
                raise SourceError(name, "", f"“{field}” is not the same as in {first_name}")
    languages = [language for _, language, _ in files]
    if len(set(languages)) != len(languages):
        raise SourceError(files[-1][0], "", "there are two files for one language")
    variables = _rows(files, "variables", "name", _variable)
    used = {row["group"] for row in variables}
    data = {
        "template": first.get("id"),
        "version": first.get("version"),
        "languages": languages,
        "title": {language: content.get("title") for _, language, content in files},
        "groups": [group for group in GROUPS if group["key"] in used],
        "variables": variables,
        "clauses": _rows(files, "clauses", "id", _clause),
        "annexes": _rows(files, "annexes", "id", _clause),
    }
    return _checked(first_name, data)


def _checked(name: str, data: dict[str, Any]) -> dict[str, Any]:
    try:
        edition = Edition.from_json(data)
    except EditionError as error:
        raise SourceError(name, error.place, error.reason) from error
    found = problems(edition)
    if found:
        more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
        raise SourceError(name, "", str(found[0]).rstrip(".") + more)
    return edition.to_json()


def _file(name: str, text: str) -> File:
    content = load_yaml(name, text)
    language = content.get("language")
    if not isinstance(language, str) or not re.fullmatch(r"[a-z]{2}(-[a-z]+)?", language):
        raise SourceError(name, "", "“language” is missing or is not a language code")
    return name, language, content


def _rows(files: list[File], field: str, key: str, build: Any, place: str = "") -> list[dict[str, Any]]:
    """The rows of one list in all files side by side; they must be the same rows in the same order."""
    lists = []
    for name, _, content in files:
        rows = content.get(field) or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise SourceError(name, place, f"“{field}” must be a list of objects")
        lists.append(rows)
    for (name, _, _), rows in zip(files, lists, strict=True):
        if [row.get(key) for row in rows] != [row.get(key) for row in lists[0]]:
            raise SourceError(name, place, f"“{field}” has other rows, or another order, than {files[0][0]}")
    return [
        build([(name, lang, rows[i]) for (name, lang, _), rows in zip(files, lists, strict=True)])
        for i in range(len(lists[0]))
    ]


def _same(files: list[File], place: str, field: str) -> Any:
    name, _, first = files[0]
    for other, _, row in files[1:]:
        if row.get(field) != first.get(field):
            raise SourceError(other, place, f"“{field}” differs from {name}")
    return first.get(field)


def _texts(files: list[File], place: str, field: str) -> dict[str, Any]:
    texts = {}
    for name, language, row in files:
        value = row.get(field)
        if value is not None and not isinstance(value, str):
            raise SourceError(name, place, f"“{field}” must be a text")
        if value:
            texts[language] = value
    return texts


def _known(files: list[File], place: str, fields: frozenset[str]) -> None:
    for name, _, row in files:
        unknown = sorted(str(field) for field in row if field not in fields)
        if unknown:
            raise SourceError(name, place, f"the field “{unknown[0][:60]}” is unknown")


def _variable(files: list[File]) -> dict[str, Any]:
    place = f"variable “{str(files[0][2].get('name'))[:60]}”"
    _known(files, place, VARIABLE_FIELDS)
    plain = ("name", "type", "group", "required", "localised", "form_of", "unit", "min", "max")
    data = {field: _same(files, place, field) for field in plain}
    per_language = {lang: row.get("default") for _, lang, row in files if row.get("default") is not None}
    data["default"] = (per_language or None) if data["localised"] else _same(files, place, "default")
    data["label"] = _texts(files, place, "label")
    data["help"] = _texts(files, place, "help")
    data["example"] = {lang: row["example"] for _, lang, row in files if row.get("example") is not None}
    data["choices"] = _rows(
        files,
        "choices",
        "value",
        lambda rows: {"value": rows[0][2].get("value"), "label": _texts(rows, place, "label")},
    )
    return data


def _clause(files: list[File]) -> dict[str, Any]:
    key = files[0][2].get("id")
    place = f"clause “{str(key)[:60]}”"
    _known(files, place, CLAUSE_FIELDS)
    plain = (
        "reference",
        "number",
        "kind",
        "alternatives_group",
        "itu_reference",
        "default_included",
        "requires",
    )
    data = {field: _same(files, place, field) for field in plain}
    data |= {"key": key, "title": _texts(files, place, "title"), "guidance": _texts(files, place, "guidance")}
    data["default_included"] = (
        data["kind"] != "optional" if data["default_included"] is None else data["default_included"]
    )
    data["requires"] = data["requires"] or []
    data["condition"] = _condition(files[0][0], place, _same(files, place, "condition"))
    bodies = _texts(files, place, "body")
    data["body"] = {lang: _body(name, place, bodies[lang]) for name, lang, _ in files if lang in bodies}
    data["clauses"] = _rows(files, "clauses", "id", _clause, place)
    numbering = {lang: row.get("numbering") or "decimal" for _, lang, row in files}
    data["numbering"] = numbering if data["clauses"] else {}
    if data["reference"] is None:
        del data["reference"]
    return data


def _condition(name: str, place: str, text: Any) -> dict[str, Any] | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise SourceError(name, place, "“condition” must be a text")
    try:
        return parse_condition(text).to_json()
    except ConditionError as error:
        raise SourceError(name, place, str(error)) from error


def _body(name: str, place: str, text: str) -> list[list[dict[str, Any]]]:
    paragraphs = (part for part in re.split(r"\n[ \t]*\n\s*", text.strip()) if part.strip())
    return [_runs(name, place, part.strip()) for part in paragraphs]


def _runs(name: str, place: str, text: str) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    position = 0
    for match in TOKEN.finditer(text):
        runs += _text(name, place, text[position : match.start()])
        variable, reference, _ = match.groups()
        runs.append({"var": variable} if variable else {"ref": reference} if reference else {"break": True})
        position = match.end()
    return runs + _text(name, place, text[position:])


def _text(name: str, place: str, text: str) -> list[dict[str, Any]]:
    if LEFTOVER.search(text):
        raise SourceError(name, place, f"a variable or a reference is malformed near “{text[:60]}”")
    return [{"text": text}] if text else []
