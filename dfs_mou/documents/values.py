"""Prints one answer in the language of the document: a value, or a line where a fact is missing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from babel.dates import format_date

from dfs_mou.documents.answers import ASK, EMPTY
from dfs_mou.documents.cleaning import CONTACT_FIELDS
from dfs_mou.documents.document import LINE, Block, BulletList, Span, Spans, Table
from dfs_mou.documents.edition import Variable
from dfs_mou.documents.labels import Labels
from dfs_mou.documents.placeholders import PLACEHOLDER, is_all_placeholders

STRAIGHT_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def long_date(date: datetime.date, labels: Labels) -> str:
    text = format_date(date, "long", locale=labels.locale)
    if labels.locale == "fr" and date.day == 1:
        return re.sub(r"^1 ", "1er ", text)
    return text


def value_spans(variable: Variable, value: Any, language: str, labels: Labels) -> Spans:
    """The value inside a sentence."""
    if value is ASK or value in EMPTY:
        return (_blank(variable, variable.label.get(language, "")),)
    if variable.type in ("legal_acts_list", "list_of_contacts"):
        rows = [" ".join(filter(None, row.values())) if isinstance(row, dict) else str(row) for row in value]
        return tuple(_text_spans(variable, labels.list_comma.join(rows)))
    return tuple(_text_spans(variable, _plain(variable, value, language, labels)))


def list_block(variable: Variable, value: Any, language: str, labels: Labels) -> Block:
    """A list of acts as bullets, a list of contacts as a table; lines to fill where there is none."""
    label = variable.label.get(language, "")
    missing = value is ASK or value in EMPTY
    if variable.type == "legal_acts_list":
        if missing:
            return BulletList(((_blank(variable, label),),))
        return BulletList(tuple(tuple(_text_spans(variable, str(row))) for row in value))
    rows = [{"role": role} for role in labels.contact_roles] if missing else value
    cells = tuple(
        tuple(_cell(variable, str(row.get(field) or ""), column) for field, column in _columns(labels)) for row in rows
    )
    return Table(label, labels.contact_columns, cells)


def _columns(labels: Labels) -> Iterator[tuple[str, str]]:
    return zip(CONTACT_FIELDS, labels.contact_columns, strict=True)


def _cell(variable: Variable, text: str, column: str) -> Spans:
    if not text or PLACEHOLDER.fullmatch(text):
        return (Span("blank", "", key=variable.name, hint=column),)  # the cell itself is the line
    return tuple(_text_spans(variable, text))


def _plain(variable: Variable, value: Any, language: str, labels: Labels) -> str:
    if variable.type == "choice":
        labelled = {choice.value: choice.label.get(language, choice.value) for choice in variable.choices}
        return labelled.get(value, str(value))
    if variable.type == "date":
        try:
            return long_date(datetime.date.fromisoformat(str(value)), labels)
        except ValueError:
            return str(value)
    return str(value)


def _text_spans(variable: Variable, text: str) -> Iterator[Span]:
    position = 0
    text = STRAIGHT_APOSTROPHE.sub("’", text)
    if not is_all_placeholders(text):
        yield Span("value", text, key=variable.name)
        return
    for match in PLACEHOLDER.finditer(text):
        if match.start() > position:
            yield Span("value", text[position : match.start()], key=variable.name)
        yield _blank(variable, match[1])
        position = match.end()
    if position < len(text):
        yield Span("value", text[position:], key=variable.name)


def _blank(variable: Variable, hint: str) -> Span:
    return Span("blank", LINE, key=variable.name, hint=hint)
