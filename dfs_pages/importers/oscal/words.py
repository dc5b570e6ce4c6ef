"""What readers are shown of an OSCAL control: its statement with parameters written out, its guidance, its links."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

Values = dict[str, Any]
INSERT = re.compile(r"\{\{\s*(?:insert:\s*)?param\s*,\s*([^\s{}]+)\s*\}\}|\{\{\s*([^\s{},]+)\s*\}\}")
LINK = re.compile(r"\[([^\[\]]+)\]\((?:#|https?://)[^()\s]*\)")
LONGEST_TITLE = 255
LONGEST_ADDRESS = 500
LONGEST_INSERT = 20_000  # what parameters may add to a text: one that names itself often would never end
# Kept and exported, and too much for readers: how an assessor tests it.
NOT_SHOWN = ("assessment", "objective")


def prop(values: Values, name: str) -> str:
    found = (row for row in values.get("props") or () if row.get("name") == name)
    return str(next(found, {}).get("value") or "")


def is_withdrawn(control: Values) -> bool:
    return prop(control, "status").lower() == "withdrawn"


def title_of(values: Values, own: str = "") -> str:
    """As readers see it; the file keeps it in full."""
    title = " ".join(str(values.get("title") or own).split())
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def label_of(control: Values) -> str:
    return prop(control, "label") or str(control.get("id") or "").upper()


def parameters(owners: Iterable[Values]) -> dict[str, str]:
    """What stands for each parameter of a catalog, its groups and controls, as the publications write it."""
    return {str(row.get("id")): parameter(row) for owner in owners for row in owner.get("params") or ()}


def parameter(row: Values) -> str:
    if select := row.get("select"):
        many = " (one or more)" if select.get("how-many") == "one-or-more" else ""
        return f"[Selection{many}: {'; '.join(map(str, select.get('choice') or ()))}]"
    if row.get("values"):
        return "; ".join(map(str, row["values"]))
    return f"[Assignment: {row.get('label') or row.get('id')}]"


def prose(text: Any, known: Mapping[str, str]) -> str:
    """A selection may name further parameters."""
    words = str(text or "")
    for _ in range(4):
        if sum(len(value_of(match, known)) for match in INSERT.finditer(words)) > LONGEST_INSERT:
            break
        words = INSERT.sub(lambda match: value_of(match, known), words)
    words = LINK.sub(r"\1", INSERT.sub(lambda match: match[1] or match[2], words))
    return re.sub(r" ([;,.])", r"\1", " ".join(words.split()))


def value_of(match: re.Match[str], known: Mapping[str, str]) -> str:
    name = match[1] or match[2]
    return known.get(name, name)


def statement_of(control: Values, known: Mapping[str, str]) -> str:
    lines = [line for part in parts(control, "statement") for line in part_lines(part, known)]
    return "\n".join(lines)


def parts(values: Values, name: str) -> Iterator[Values]:
    for part in values.get("parts") or ():
        if part.get("name") == name:
            yield part


def part_lines(part: Values, known: Mapping[str, str]) -> Iterator[str]:
    words = f"{prop(part, 'label')} {prose(part.get('prose'), known)}".strip()
    if words:
        yield words
    for child in part.get("parts") or ():
        yield from part_lines(child, known)


def other_parts(control: Values, known: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Title and lines of everything that explains the statement."""
    for part in control.get("parts") or ():
        name = str(part.get("name") or "")
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
        links = (str(link.get("href") or "") for link in row.get("rlinks") or ())
        found[str(row.get("uuid"))] = (text, next(filter(is_web_address, links), ""))
    return found


def is_web_address(href: str) -> bool:
    try:
        URLValidator(["http", "https"])(href)
    except ValidationError:
        return False
    return len(href) <= LONGEST_ADDRESS
