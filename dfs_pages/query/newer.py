"""Marks the translations of a list with what the source has changed since."""

from collections.abc import Iterable
from typing import Any

from dfs_pages.query.overlay import Pair, Reader, source_language
from dfs_workflow.translation.query import Freshness, freshness, normative_fields


def mark_newer(pairs: Iterable[Pair], reader: Reader) -> None:
    """Each shown page gets its `freshness`; one query for all that a reader is shown in a request."""
    for source, shown in pairs:
        if is_translation(shown):
            fields = reader.stale(shown.locale.language_code).get(shown.translation_key, {})
            shown.freshness = Freshness(fields, normative_fields(shown), source)


def every_field(pairs: Iterable[Pair]) -> dict[int, Freshness]:
    """By page, also of the fields that are up to date."""
    translated = {pair.shown.pk: pair for pair in pairs if is_translation(pair.shown)}
    found = freshness(pair.shown for pair in translated.values())
    return {pk: Freshness(each.fields, each.normative, translated[pk].source) for pk, each in found.items()}


def is_translation(shown: Any) -> bool:
    return bool(shown.locale.language_code != source_language() and shown.live)
