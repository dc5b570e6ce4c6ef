"""An OSCAL file as it is, checked as far as it has to be to be imported."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dfs_workflow.importers.yaml_source import SourceError, load_yaml

LARGEST = 25_000_000
DEEPEST = 12
Values = dict[str, Any]


def read_catalog(path: Path) -> Values:
    catalog = read_oscal(path, "catalog")
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
    data = plain(load_yaml(path.name, text)) if is_yaml else from_json(path.name, text)
    return data if isinstance(data, dict) else {}


def from_json(name: str, text: str) -> Values:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise SourceError(name, f"line {getattr(error, 'lineno', 1)}", "the file is not valid JSON") from error
    except RecursionError as error:
        raise SourceError(name, "", "the file is nested too deeply") from error
    return data if isinstance(data, dict) else {}


def plain(value: Any) -> Any:
    """YAML reads dates where JSON has texts."""
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, datetime | date) else value


def check(name: str, catalog: Values) -> None:
    if not isinstance(catalog.get("metadata"), dict) or not str(catalog["metadata"].get("title") or "").strip():
        raise SourceError(name, "metadata", "the catalog has no title")
    seen: set[str] = set()
    for kind, values, _within in walk(name, catalog):
        own = str(values.get("id") or "")
        if kind == "control" and not own:
            raise SourceError(name, str(values.get("title"))[:60], "a control has no id")
        if own and own in seen:
            raise SourceError(name, own, "the id is there twice")
        seen.add(own)
    if not seen:
        raise SourceError(name, "", "the catalog holds no control")


def walk(name: str, values: Values, within: str = "", depth: int = 0) -> Iterator[tuple[str, Values, str]]:
    """Groups and controls in order, each with the id of what it stands in."""
    if depth > DEEPEST:
        raise SourceError(name, within, "the catalog is nested too deeply")
    for kind, plural in (("control", "controls"), ("group", "groups")):
        for child in listed(name, values, plural):
            yield kind, child, within
            yield from walk(name, child, str(child.get("id") or child.get("title") or ""), depth + 1)


def listed(name: str, values: Values, key: str) -> list[Values]:
    found = values.get(key) or []
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise SourceError(name, key, "a list of objects was expected")
    return found
