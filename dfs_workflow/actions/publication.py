from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState
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
    if isinstance(instance, Bundle):
        publish_bundle(bundle=instance, revision=task_state.revision, by=by, reason=task_state.comment)
    elif is_governed(instance):
        if workflow_state.status != WorkflowState.STATUS_APPROVED:
            raise PublicationRefused(_("The review of “%(title)s” is not finished.") % {"title": instance})
        revision = task_state.revision
        publish_decided(revision=revision, sha256=digest(revision.content), by=by, reason=task_state.comment)
    else:
        publish_workflow_state(workflow_state, user=by)
