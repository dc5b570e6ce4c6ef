"""Reads states and figures; changes nothing."""

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

__all__ = [
    "TO_DO",
    "TRANSLATED",
    "FieldFreshness",
    "FieldState",
    "Freshness",
    "Segment",
    "State",
    "figures",
    "freshness",
    "normative_fields",
    "segments",
    "stale_fields",
    "state",
    "with_segments",
]
