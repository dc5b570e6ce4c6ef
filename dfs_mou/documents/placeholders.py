"""A bracketed placeholder, as in “[Name of Governor]”: a fact that is not there yet, printed as a line."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\[([^\[\]]{1,200})\]")


def is_placeholder(text: str) -> bool:
    return bool(PLACEHOLDER.fullmatch(text.strip()))


def is_all_placeholders(text: str) -> bool:
    """As in “[telephone] / [mailbox]”. Brackets beside words, as in “Act 1 [Cap. 411A]”, are part of the answer."""
    rest = PLACEHOLDER.sub("", text)
    return rest != text and not re.search(r"\w", rest)
