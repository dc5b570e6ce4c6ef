"""A bracketed placeholder, as in “[Name of Governor]”: a fact that is not there yet, printed as a line."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\[([^\[\]]{1,200})\]")


def is_placeholder(text: str) -> bool:
    return bool(PLACEHOLDER.fullmatch(text.strip()))
