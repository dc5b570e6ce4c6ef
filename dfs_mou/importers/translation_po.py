"""A translation of the template as PO: what wagtail-localize would hand to a translator, with the answers in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import polib
from wagtail.models import Page
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from dfs_mou.importers.template_pages import TemplatePages

HEADER = """Draft translation, not yet reviewed. Not an official ITU text.
Licence: CC BY-NC-SA 4.0; see LICENSE-CONTENT.md."""
CHIP = re.compile(r'<a id="(a\d+)">')


class UnpairedText(ValueError):
    """Two languages of the template do not say the same things in the same places."""


def po_of(source: TemplatePages, target: TemplatePages) -> polib.POFile:
    """A message carries its place only where one source text has several translations."""
    pairs = [pair for one, other in zip(pages_of(source), pages_of(target), strict=True) for pair in paired(one, other)]
    known: dict[str, set[str]] = defaultdict(set)
    for _place, text, translated in pairs:
        known[text].add(translated)
    file = polib.POFile(wrapwidth=110)
    file.header = HEADER
    file.metadata = {
        "Project-Id-Version": "DFS Security Knowledge Platform content",
        "Language": target.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Provenance": "draft",
    }
    written = set()
    for place, text, translated in pairs:
        context = place if len(known[text]) > 1 or place.endswith("/numbering") else None
        if (context, text) not in written:
            written.add((context, text))
            entry = polib.POEntry(msgid=text, msgstr=translated, msgctxt=context, comment=place.split("/")[0])
            file.append(entry)
    return file


def pages_of(pages: TemplatePages) -> list[Page]:
    return [pages.template(), *pages.groups(), *pages.clauses()]


def paired(source: Page, target: Page) -> Iterator[tuple[str, str, str]]:
    """Place, source text and translation, for every text of a page and every value that a language may override."""
    found, translated = (_strings(page) for page in (source, target))
    if list(found) != list(translated):
        raise UnpairedText(f"“{source.slug}” has texts in one language that the other has not")
    for path, segments in found.items():
        others = translated[path]
        if len(others) < len(segments):
            raise UnpairedText(f"“{source.slug}” has fewer paragraphs in the translation")
        for index, segment in enumerate(segments):
            # A paragraph that the source has not is joined to the last one by an empty line.
            rest = others[index:] if index == len(segments) - 1 else others[index : index + 1]
            text = "<br/><br/>".join(_chips_as_in(segment, other) for other in rest)
            yield f"{source.slug}/{path}", segment.string.data, text
    overridden, own = (_overridable(page) for page in (source, target))
    for path, value in overridden.items():
        if own[path] != value:
            yield f"{source.slug}/{path}", value, own[path]


def _strings(page: Page) -> dict[str, list[StringSegmentValue]]:
    strings = [segment for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)]
    return {path: list(group) for path, group in groupby(strings, key=lambda segment: segment.path)}


def _overridable(page: Page) -> dict[str, Any]:
    return {row.path: row.data for row in extract_segments(page) if isinstance(row, OverridableSegmentValue)}


def _chips_as_in(source: StringSegmentValue, other: StringSegmentValue) -> str:
    """The chips of a translation named as those of its source, as another order of words moves them."""
    free: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, attrs in (source.attrs or {}).items():
        free[attrs["linktype"], attrs["id"]].append(name)

    def renamed(match: re.Match[str]) -> str:
        attrs = other.attrs[match[1]]
        names = free[attrs["linktype"], attrs["id"]]
        if not names:
            raise UnpairedText(f"the translation has the chip “{attrs['id']}” where the source has not")
        return f'<a id="{names.pop(0)}">'

    return CHIP.sub(renamed, other.string.data)
