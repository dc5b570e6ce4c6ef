"""The texts of a translation of the template.

Beyond what other content knows, a text may be translated differently in another place (`msgctxt`), and a language may
have a style of numbering of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dfs_workflow.importers.po_source import read_po
from dfs_workflow.importers.translated_texts import Lookup

Strings = Mapping[tuple[str | None, str], str]  # context or None, source text


def read_strings(name: str, text: str) -> dict[tuple[str | None, str], str]:
    file = read_po(name, text)
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in file if entry.msgstr and not entry.obsolete}


def texts_in(strings: Strings) -> Lookup:
    def text_of(page: Any, path: str, text: str) -> str | None:
        return overridden(page, path, text) or strings.get((None, text))

    overridden = overrides_in(strings)
    return text_of


def overrides_in(strings: Strings) -> Lookup:
    return lambda page, path, text: strings.get((f"{page.slug}/{path}", text))
