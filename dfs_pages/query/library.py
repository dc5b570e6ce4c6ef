"""The library of reports and tools; the address is the filter, and what the library doesn't know leaves nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language_info

from dfs_pages.models import LibraryEntryPage, LibraryPage
from dfs_pages.query.matrix import Choice
from dfs_pages.query.overlay import Reader
from dfs_workflow.sorting import sort_key


@dataclass(frozen=True)
class Library:
    entries: Sequence[LibraryEntryPage]
    total: int
    kinds: Sequence[Choice]
    languages: Sequence[Choice]


def library(page: LibraryPage, reader: Reader, values: Mapping[str, str]) -> Library:
    rows = [pair.shown for pair in reader.below(reader.source_of(page), LibraryEntryPage)]
    names = dict(LibraryEntryPage.Kind.choices)
    spoken = {code for row in rows for code in row.languages}
    codes = sorted(spoken, key=lambda code: sort_key(language_name(code), reader.language))
    asked = values.get("kind", ""), values.get("language", "")
    kind = asked[0] if asked[0] in names else ""
    language = asked[1] if asked[1] in codes else ""

    def choice(title: str, wanted_kind: str, wanted_language: str) -> Choice:
        chosen = {"kind": wanted_kind, "language": wanted_language}
        url = "?" + urlencode({name: value for name, value in chosen.items() if value})
        count = sum(fits(row, wanted_kind, wanted_language) for row in rows)
        return Choice(title, url, count, (wanted_kind, wanted_language) == asked)

    return Library(
        [row for row in rows if fits(row, *asked)],
        len(rows),
        [choice("", "", language), *(choice(str(names[code]), code, language) for code in names)],
        [choice("", kind, ""), *(choice(language_name(code), kind, code) for code in codes)],
    )


def fits(row: LibraryEntryPage, kind: str, language: str) -> bool:
    return (not kind or row.kind == kind) and (not language or language in row.languages)


def language_name(code: str) -> str:
    known: Any = {"zh": "zh-hans"}.get(code, code)
    try:
        name = str(get_language_info(known)["name_translated"])
        return name[:1].upper() + name[1:]
    except KeyError:
        return code
