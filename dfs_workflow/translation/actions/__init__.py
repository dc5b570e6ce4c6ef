"""Every change of state of this app. Views, commands and other apps call exactly one of these."""

from dfs_workflow.translation.actions.approving import approve_segments, write_manifest
from dfs_workflow.translation.actions.following import (
    declare_meaning_unchanged,
    follow_source,
    record_changes,
    refresh_stale,
)

__all__ = [
    "approve_segments",
    "declare_meaning_unchanged",
    "follow_source",
    "record_changes",
    "refresh_stale",
    "write_manifest",
]
