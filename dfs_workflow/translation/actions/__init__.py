"""Every change of state of this app. Views, commands and other apps call exactly one of these."""

from dfs_workflow.translation.actions.approving import approve_segments, write_manifest
from dfs_workflow.translation.actions.following import (
    MeaningChanged,
    can_be_unchanged,
    declare_meaning_unchanged,
    follow_source,
    record_changes,
    refresh_stale,
)
from dfs_workflow.translation.actions.machine import NotAllowed, require_allowed, translate_by_machine
from dfs_workflow.translation.actions.translating import (
    NotReady,
    comment,
    give_reason,
    keep_authorship,
    machine_text,
    require_ready,
    save_text,
)

__all__ = [
    "MeaningChanged",
    "NotAllowed",
    "NotReady",
    "approve_segments",
    "can_be_unchanged",
    "comment",
    "declare_meaning_unchanged",
    "follow_source",
    "give_reason",
    "keep_authorship",
    "machine_text",
    "record_changes",
    "refresh_stale",
    "require_allowed",
    "require_ready",
    "save_text",
    "translate_by_machine",
    "write_manifest",
]
