"""Marks the translations of a list with what the source has changed since, for pages and API alike."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dfs_pages.query.overlay import Pair, source_language
from dfs_workflow.translation.query import Freshness, freshness


def mark_newer(pairs: Iterable[Pair]) -> None:
    """Each shown page gets its `freshness`; the number of queries is the same for one and for many."""
    translated = {
        pair.shown.pk: pair
        for pair in pairs
        if pair.shown.locale.language_code != source_language()
        and pair.shown.live
        and not hasattr(pair.shown, "freshness")
    }
    found = freshness(pair.shown for pair in translated.values())
    for pk, pair in translated.items():
        pair.shown.freshness = replace(found.get(pk, Freshness()), source=pair.source)


def freshness_of(page: Any) -> Freshness:
    """Nothing for a page of the source, or one that was not marked."""
    return getattr(page, "freshness", None) or Freshness()
