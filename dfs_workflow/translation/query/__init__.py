"""Reads states and figures; changes nothing."""

from dfs_workflow.translation.query.checked import CheckedSegment, checked_segments
from dfs_workflow.translation.query.costs import Cost, cost_of
from dfs_workflow.translation.query.locked import locked_keys
from dfs_workflow.translation.query.memory import Match, matches
from dfs_workflow.translation.query.overview import (
    Cell,
    Row,
    Worker,
    chapters,
    languages,
    next_segment,
    pages_below,
    pages_read,
    workers,
)
from dfs_workflow.translation.query.reading import (
    FieldFreshness,
    FieldState,
    Freshness,
    freshness,
    normative_fields,
    stale_fields,
)
from dfs_workflow.translation.query.segments import Segment, segments
from dfs_workflow.translation.query.states import TO_DO, TRANSLATED, State, figures, state, with_segments
from dfs_workflow.translation.query.terms import terms_for
from dfs_workflow.translation.query.waiting import has_new_sentences, unfinished_translations

__all__ = [
    "TO_DO",
    "TRANSLATED",
    "Cell",
    "CheckedSegment",
    "Cost",
    "FieldFreshness",
    "FieldState",
    "Freshness",
    "Match",
    "Row",
    "Segment",
    "State",
    "Worker",
    "chapters",
    "checked_segments",
    "cost_of",
    "figures",
    "freshness",
    "has_new_sentences",
    "languages",
    "locked_keys",
    "matches",
    "next_segment",
    "normative_fields",
    "pages_below",
    "pages_read",
    "segments",
    "stale_fields",
    "state",
    "terms_for",
    "unfinished_translations",
    "with_segments",
    "workers",
]
