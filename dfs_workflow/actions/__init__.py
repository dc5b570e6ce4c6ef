"""Every change of state of this app. Views, commands, hooks and APIs call exactly one of these."""

from dfs_workflow.actions.bundles import ask_change, close_bundle, decide_bundle, submit_bundle
from dfs_workflow.actions.publication import bump, publish_reviewed_revision
from dfs_workflow.actions.roles import extend_to_language, set_up_review, set_up_roles
from dfs_workflow.actions.translations import follow_source, publish_translation, save_translation_as_draft

__all__ = [
    "ask_change",
    "bump",
    "close_bundle",
    "decide_bundle",
    "extend_to_language",
    "follow_source",
    "publish_reviewed_revision",
    "publish_translation",
    "save_translation_as_draft",
    "set_up_review",
    "set_up_roles",
    "submit_bundle",
]
