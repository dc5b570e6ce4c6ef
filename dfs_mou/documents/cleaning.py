"""Cleans one raw answer for one variable: its type, its limits, and characters that no document may carry."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from dfs_mou.documents.edition import Variable

LONGEST_TEXT = 100_000
LONGEST_NAME = 2_000  # what is short stands on every page, in headings and many sentences
MOST_ROWS = 50
CONTACT_FIELDS = ("role", "name", "post", "phone", "email", "key")
# What XML 1.0 can't hold, and the characters that reverse or isolate the text around them.
UNPRINTABLE = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
    "|[\x7f-\x84\x86-\x9f]"
)
BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")


class WrongAnswer(ValueError):
    """An answer that can't be used: a code for programs, a sentence for people."""

    def __init__(self, code: str, message: str | Promise) -> None:
        self.code = code
        self.message = message
        super().__init__(code)


def clean_value(variable: Variable, raw: Any) -> Any:
    """The clean value; None for an answer left empty."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    return CLEANERS[variable.type](variable, raw)


def clean_text(raw: Any, *, lines: bool, longest: int = LONGEST_NAME) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise WrongAnswer("not_text", _("Write a text here."))
    text = UNPRINTABLE.sub("", BREAKS.sub("\n", unicodedata.normalize("NFC", str(raw))))
    if len(text) > longest:
        message = _("Shorten this to %(limit)s characters; it has %(length)s.")
        raise WrongAnswer("too_long", _filled(message, limit=longest, length=len(text)))
    parts = [" ".join(re.split(r"[ \t]+", line)).strip() for line in text.split("\n")]
    return ("\n" if lines else " ").join(part for part in parts if part)


def _text(variable: Variable, raw: Any) -> str | None:
    return clean_text(raw, lines=False) or None


def _long_text(variable: Variable, raw: Any) -> str | None:
    return clean_text(raw, lines=False, longest=LONGEST_TEXT) or None


def _integer(variable: Variable, raw: Any) -> int:
    text = raw.strip() if isinstance(raw, str) else raw
    if isinstance(text, str) and re.fullmatch(r"[+-]?\d{1,9}", text):
        text = int(text)
    if not isinstance(text, int) or isinstance(text, bool):
        raise WrongAnswer("not_a_number", _("Write a whole number."))
    if variable.min is not None and text < variable.min:
        raise WrongAnswer("too_small", _filled(_("The least is %(limit)s."), limit=variable.min))
    if variable.max is not None and text > variable.max:
        raise WrongAnswer("too_large", _filled(_("The most is %(limit)s."), limit=variable.max))
    return text


def _choice(variable: Variable, raw: Any) -> str:
    if raw not in [choice.value for choice in variable.choices]:
        raise WrongAnswer("not_a_choice", _("Choose one of the values offered."))
    return str(raw)


def _boolean(variable: Variable, raw: Any) -> bool:
    known = {
        "true": True,
        "on": True,
        "1": True,
        "yes": True,
        "false": False,
        "off": False,
        "0": False,
        "no": False,
    }
    if isinstance(raw, bool):
        return raw
    value = known.get(raw.strip().lower()) if isinstance(raw, str) else None
    if value is None:
        raise WrongAnswer("not_a_yes_or_no", _("Answer yes or no."))
    return value


def _date(variable: Variable, raw: Any) -> str:
    try:
        date = raw if isinstance(raw, datetime.date) else datetime.date.fromisoformat(str(raw).strip())
    except ValueError as error:
        raise WrongAnswer("not_a_date", _("Write the date as year-month-day, for example 2026-09-01.")) from error
    if not 1900 <= date.year <= 2199:
        raise WrongAnswer("not_a_date", _("Write a date between 1900 and 2199."))
    return date.strftime("%Y-%m-%d")


def _rows(raw: Any) -> list[Any]:
    if isinstance(raw, str):
        raw = BREAKS.sub("\n", raw).split("\n")
    if not isinstance(raw, list | tuple):
        raise WrongAnswer("not_a_list", _("Write one entry on each line."))
    if len(raw) > MOST_ROWS:
        raise WrongAnswer("too_many", _filled(_("Give at most %(limit)s entries."), limit=MOST_ROWS))
    return list(raw)


def _acts(variable: Variable, raw: Any) -> list[str] | None:
    return [text for row in _rows(raw) if (text := clean_text(row, lines=False))] or None


def _contacts(variable: Variable, raw: Any) -> list[dict[str, str]] | None:
    return [row for item in _rows(raw) if any((row := _contact(item)).values())] or None


def _contact(item: Any) -> dict[str, str]:
    """One contact, as an object or as one line with “|” between its parts."""
    if isinstance(item, str):
        parts = item.split("|")
        if len(parts) > len(CONTACT_FIELDS):
            raise WrongAnswer("not_a_contact", _("A contact has at most six parts with | between them."))
        item = dict(zip(CONTACT_FIELDS, parts, strict=False))
    if not isinstance(item, dict) or not set(item) <= set(CONTACT_FIELDS):
        raise WrongAnswer("not_a_contact", _("Give role, name, post, telephone, e-mail and key for each contact."))
    return {field: clean_text(item.get(field) or "", lines=False) for field in CONTACT_FIELDS}


def _fill(message: str | Promise, values: dict[str, Any]) -> str:
    return str(message) % values


_lazy_fill = lazy(_fill, str)


def _filled(message: str | Promise, **values: Any) -> Promise:
    """A message with its values, translated as late as the message itself would be."""
    return _lazy_fill(message, values)


CLEANERS: dict[str, Callable[[Variable, Any], Any]] = {
    "text": _text,
    "long_text": _long_text,
    "country": _text,
    "integer": _integer,
    "choice": _choice,
    "boolean": _boolean,
    "date": _date,
    "legal_acts_list": _acts,
    "list_of_contacts": _contacts,
}
