"""Answers as text in a block: one line for each row of a list, columns separated by |."""

from typing import Any

CONTACT_COLUMNS = ("role", "name", "post", "phone", "email", "key")


def to_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(_row(row) for row in value)
    return str(value)


def _row(row: Any) -> str:
    return " | ".join(str(row.get(column, "")) for column in CONTACT_COLUMNS) if isinstance(row, dict) else str(row)


def from_text(kind: str, text: str) -> Any:
    """None for an empty text; a text that is no such value stays a text, which the check of the edition names."""
    text = text.strip()
    if not text:
        return None
    if kind == "boolean":
        return {"yes": True, "no": False}.get(text, text)
    if kind == "integer":
        return int(text) if text.removeprefix("-").isdecimal() else text
    if kind == "legal_acts_list":
        return text.splitlines()
    if kind == "list_of_contacts":
        return [_contact(line) for line in text.splitlines()]
    return text


def _contact(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split("|")]
    return dict(zip(CONTACT_COLUMNS, parts, strict=False))
