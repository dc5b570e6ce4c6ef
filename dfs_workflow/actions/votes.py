"""An edit while organisations vote: their votes were for the version before, and they are told."""

from wagtail.models import Revision, TaskState

from dfs_workflow.models import Vote
from dfs_workflow.models.refusal import notice
from dfs_workflow.models.vote import VOID, named
from dfs_workflow.notifications import queue, votes


def note_void_votes(*, revision: Revision) -> None:
    """Called after a version is saved; once, also where the same person goes on writing."""
    cast = list(
        Vote.objects.filter(
            task_state__status=TaskState.STATUS_IN_PROGRESS,
            task_state__revision__base_content_type=revision.base_content_type_id,
            task_state__revision__object_id=revision.object_id,
            task_state__revision__lt=revision.pk,
        ).select_related("organisation", "task_state")
    )
    if not cast:
        return
    versions = Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id, pk__lt=revision.pk
    )
    if versions.filter(pk__gt=cast[0].task_state.revision_id).exists():
        return
    notice(VOID % {"organisations": named(cast)})
    for vote in cast:
        if vote.user_id and vote.user_id != revision.user_id:
            queue.put(votes.tell_void, vote.pk, revision.pk)
