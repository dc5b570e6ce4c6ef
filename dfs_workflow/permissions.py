"""Who may do what; asked by tasks, views, menus and actions alike."""

from typing import Any

from wagtail.models import WorkflowMixin


def can_submit_bundle(user: Any) -> bool:
    return bool(user.has_perm("dfs_workflow.submit_bundle"))


def can_ask_change(user: Any) -> bool:
    """Withdrawing, moving, deleting or restricting what is live."""
    return bool(user.has_perm("dfs_workflow.ask_change"))


def can_decide(user: Any, instance: WorkflowMixin) -> bool:
    """Somebody of the task's groups who didn't write any of it."""
    task = instance.current_workflow_task
    return bool(task and any(name == "approve" for name, _label, _modal in task.get_actions(instance, user)))
