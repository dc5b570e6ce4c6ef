"""Every change of state of this app. Views, commands, hooks and APIs call exactly one of these."""

from dfs_workflow.actions.bundles import ask_change, close_bundle, submit_bundle
from dfs_workflow.actions.publication import bump, publish_reviewed_revision

__all__ = ["ask_change", "bump", "close_bundle", "publish_reviewed_revision", "submit_bundle"]
