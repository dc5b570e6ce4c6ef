from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.workflows import publish_workflow_state

from dfs_workflow.actions.bundles import publish_bundle
from dfs_workflow.actions.decisions import publish_decided
from dfs_workflow.models import Bundle, ContentVersion, PublicationRefused, is_governed
from dfs_workflow.models.digest import digest


def bump() -> None:
    """Makes every process answer afresh."""
    ContentVersion.bump()


@transaction.atomic
def publish_reviewed_revision(*, workflow_state: WorkflowState, by: Any = None) -> None:
    """What a finished workflow does: publishes what was reviewed, not what is newest."""
    instance = workflow_state.content_object
    task_state = workflow_state.current_task_state
    if is_governed(instance) or isinstance(instance, Bundle):
        require_approval(workflow_state, by)
    if isinstance(instance, Bundle):
        publish_bundle(bundle=instance, revision=task_state.revision, by=by, reason=task_state.comment)
    elif is_governed(instance):
        if workflow_state.status != WorkflowState.STATUS_APPROVED:
            raise PublicationRefused(_("The review of “%(title)s” is not finished.") % {"title": instance})
        revision = task_state.revision
        publish_decided(revision=revision, sha256=digest(revision.content), by=by, reason=task_state.comment)
    else:
        publish_workflow_state(workflow_state, user=by)


def require_approval(workflow_state: WorkflowState, by: Any) -> None:
    """Somebody approved it: a workflow also ends as approved when its last task is switched off."""
    task_state = workflow_state.current_task_state
    approved = task_state is not None and task_state.status == TaskState.STATUS_APPROVED
    if not approved or by is None or task_state.finished_by_id != by.pk:
        title = workflow_state.content_object
        raise PublicationRefused(_("The review of “%(title)s” is not finished.") % {"title": title})
