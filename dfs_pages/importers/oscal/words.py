"""What readers are shown of an OSCAL control: its statement with parameters written out, its guidance, its links."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

Values = dict[str, Any]
INSERT = re.compile(r"\{\{\s*(?:insert:\s*)?param\s*,\s*([^\s{}]+)\s*\}\}|\{\{\s*([^\s{},]+)\s*\}\}")
LINK = re.compile(r"\[([^\]]+)\]\((?:#|https?://)[^)\s]*\)")
# Kept and exported, and too much for readers: how an assessor tests it.
NOT_SHOWN = ("assessment", "objective")


def prop(values: Values, name: str) -> str:
    found = (row for row in values.get("props") or () if isinstance(row, dict) and row.get("name") == name)
    return str(next(found, {}).get("value") or "")


def is_withdrawn(control: Values) -> bool:
    return prop(control, "status").lower() == "withdrawn"


def label_of(control: Values) -> str:
    return prop(control, "label") or str(control.get("id") or "").upper()


def parameters(controls: list[Values]) -> dict[str, str]:
    """What stands for each parameter, as the publications write it."""
    return {str(row.get("id")): parameter(row) for control in controls for row in control.get("params") or ()}


def parameter(row: Values) -> str:
    select = row.get("select")
    if isinstance(select, dict):
        many = " (one or more)" if select.get("how-many") == "one-or-more" else ""
        return f"[Selection{many}: {'; '.join(map(str, select.get('choice') or ()))}]"
    if row.get("values"):
        return "; ".join(map(str, row["values"]))
    return f"[Assignment: {row.get('label') or row.get('id')}]"


def prose(text: Any, known: Mapping[str, str], depth: int = 0) -> str:
    """A selection may name further parameters."""

    def filled(match: re.Match[str]) -> str:
        found = known.get(match[1] or match[2], match[1] or match[2])
        return prose(found, known, depth + 1) if depth < 3 else found

    words = LINK.sub(r"\1", INSERT.sub(filled, str(text or "")))
    return re.sub(r"\s+([;,.])", r"\1", " ".join(words.split()))


def statement_of(control: Values, known: Mapping[str, str]) -> str:
    lines = [line for part in parts(control, "statement") for line in part_lines(part, known)]
    return "\n".join(lines)


def parts(values: Values, name: str) -> Iterator[Values]:
    for part in values.get("parts") or ():
        if isinstance(part, dict) and part.get("name") == name:
            yield part


def part_lines(part: Values, known: Mapping[str, str], depth: int = 0) -> Iterator[str]:
    words = f"{prop(part, 'label')} {prose(part.get('prose'), known)}".strip()
    if words:
        yield words
    for child in part.get("parts") or ():
        if isinstance(child, dict) and depth < 10:
            yield from part_lines(child, known, depth + 1)


def other_parts(control: Values, known: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Title and lines of everything that explains the statement."""
    for part in control.get("parts") or ():
        name = str(part.get("name") or "") if isinstance(part, dict) else ""
        if not name or name == "statement" or any(word in name for word in NOT_SHOWN):
            continue
        lines = list(part_lines(part, known))
        if lines:
            yield str(part.get("title") or name.replace("-", " ").capitalize()), lines


def html(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def resources(catalog: Values) -> dict[str, tuple[str, str]]:
    """Text and address of what the catalog cites, by uuid."""
    found = {}
    for row in (catalog.get("back-matter") or {}).get("resources") or ():
        citation = row.get("citation") or {}
        text = str(citation.get("text") or row.get("title") or row.get("description") or "").strip()
        links = [str(link.get("href") or "") for link in row.get("rlinks") or ()]
        found[str(row.get("uuid"))] = (text, next((link for link in links if link.startswith("http")), ""))
    return found
