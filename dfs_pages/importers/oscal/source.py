"""An OSCAL file as it is, checked as far as it has to be to be imported."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Any

from dfs_pages.importers.oscal.shape import check_shape
from dfs_workflow.importers.yaml_source import CONTROL, SourceError, load_yaml

LARGEST = 25_000_000
DEEPEST = 12
UNGROUPED = "controls"  # the family of what stands in no group
Values = dict[str, Any]


def read_catalog(path: Path) -> Values:
    catalog = read_oscal(path, "catalog")
    check_shape(path.name, catalog, "catalog", "catalog")
    check(path.name, catalog)
    return catalog


def read_oscal(path: Path, kind: str) -> Values:
    data = read(path)
    found = data.get(kind)
    if not isinstance(found, dict):
        names = ", ".join(sorted(data)[:3]) or "nothing"
        raise SourceError(path.name, "", f"this is no OSCAL {kind} in JSON or YAML; the file holds: {names[:80]}")
    return found


def read(path: Path) -> Values:
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(path.name, "", f"the file is larger than {LARGEST // 1_000_000} MB")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourceError(path.name, "", "there is no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path.name, "", "the file is not readable as UTF-8 text") from error
    is_yaml = path.suffix.lower() in (".yaml", ".yml")
    data = load_yaml(path.name, text, largest=LARGEST) if is_yaml else from_json(path.name, text)
    try:
        return plain(path.name, data)  # type: ignore[no-any-return]
    except RecursionError as error:
        raise SourceError(path.name, "", "the file is nested too deeply") from error


def from_json(name: str, text: str) -> Values:
    try:
        data = json.loads(text, object_pairs_hook=partial(named_once, name))
    except SourceError:
        raise
    except ValueError as error:
        raise SourceError(name, f"line {getattr(error, 'lineno', 1)}", "the file is not valid JSON") from error
    except RecursionError as error:
        raise SourceError(name, "", "the file is nested too deeply") from error
    return data if isinstance(data, dict) else {}


def named_once(name: str, pairs: list[tuple[str, Any]]) -> Values:
    values = dict(pairs)
    if len(values) != len(pairs):
        keys = [key for key, _value in pairs]
        raise SourceError(name, next(key for key in keys if keys.count(key) > 1)[:60], "the key is there twice")
    return values


def plain(name: str, value: Any) -> Any:
    """What JSON can hold: YAML reads dates where JSON has texts, and null says as much as nothing."""
    if isinstance(value, dict):
        return {plain(name, str(key)): plain(name, part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [plain(name, part) for part in value]
    if isinstance(value, str) and CONTROL.search(value):
        raise SourceError(name, CONTROL.sub("�", value)[:60], "a text holds a character that no text has")
    if isinstance(value, float) and not isfinite(value):
        raise SourceError(name, str(value), "this is no number")
    return value.isoformat() if isinstance(value, datetime | date) else value


def check(name: str, catalog: Values) -> None:
    if not str(catalog.get("metadata", {}).get("title") or "").strip():
        raise SourceError(name, "metadata", "the catalog has no title")
    ids = []
    for kind, values, _within in walk(name, catalog):
        if kind == "control" and not values.get("id"):
            raise SourceError(name, str(values.get("title"))[:60], "a control has no id")
        ids.append(own_id(values))
    if not ids:
        raise SourceError(name, "", "the catalog holds no control")
    if "" in ids:
        raise SourceError(name, "", "a group has neither an id nor a title")
    counts = Counter(ids) + Counter([UNGROUPED] if catalog.get("controls") else [])
    if twice := [own for own, number in counts.items() if number > 1]:
        raise SourceError(name, twice[0][:60], "the id is there twice")


def own_id(values: Values) -> str:
    """Only a group may be without one; then it goes by its title."""
    return str(values.get("id") or values.get("title") or "")


def walk(name: str, values: Values, within: str = "", depth: int = 0) -> Iterator[tuple[str, Values, str]]:
    """Groups and controls in order, each with the id of what it stands in."""
    if depth > DEEPEST:
        raise SourceError(name, within, "the catalog is nested too deeply")
    for kind, plural in (("control", "controls"), ("group", "groups")):
        for child in values.get(plural, []):
            yield kind, child, within
            yield from walk(name, child, own_id(child), depth + 1)
