"""What is done beside the request, by the worker."""

from django.contrib.auth import get_user_model
from django_tasks import task
from wagtail.models import TaskState, WorkflowState

from dfs_workflow import notifications
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.duties import tell_stewards
from dfs_workflow.notifications.reviews import deciders


@task(priority=queue.SOON)
def ask_reviewers(task_state_id: int, user_id: int | None) -> None:
    """Nothing where it was decided or taken back meanwhile."""
    task_state = TaskState.objects.filter(pk=task_state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    if task_state is not None:
        user = get_user_model()._default_manager.filter(pk=user_id).first()
        notifications.ask_reviewers(task_state=task_state, submitted_by=user)
        if not deciders(task_state):
            tell_stewards(task_state, [], {"title": task_state.revision.object_str})


@task(priority=queue.SOON)
def tell_outcome(workflow_state_id: int, approved: bool, user_id: int | None) -> None:
    workflow_state = WorkflowState.objects.filter(pk=workflow_state_id).first()
    if workflow_state is not None and workflow_state.content_object is not None:
        user = get_user_model()._default_manager.filter(pk=user_id).first()
        notifications.tell_outcome(workflow_state=workflow_state, approved=approved, by=user)
