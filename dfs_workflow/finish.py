"""What Wagtail calls when a workflow is approved: `WAGTAIL_FINISH_WORKFLOW_ACTION`."""

from typing import Any

from django.utils.module_loading import import_string


def publish_reviewed_revision(workflow_state: Any, user: Any = None) -> None:
    """Wagtail imports this module while its own models load, so the action can only be imported when called."""
    import_string("dfs_workflow.actions.publish_reviewed_revision")(workflow_state=workflow_state, by=user)
