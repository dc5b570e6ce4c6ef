"""To who voted, when the version that they voted for was edited."""

from django_tasks import task
from wagtail.models import Revision

from dfs_workflow.models import Vote
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.reviews import instance_of, name_of, send


@task(priority=queue.SOON)
def tell_void(vote_id: int, revision_id: int) -> None:
    vote = Vote.objects.filter(pk=vote_id).select_related("user", "task_state").first()
    revision = Revision.objects.filter(pk=revision_id).select_related("user").first()
    if vote is None or vote.user is None or not vote.user.is_active or revision is None:
        return
    context = {"title": revision.object_str, "who": name_of(revision.user)}
    send("votes_void", instance_of(vote.task_state.workflow_state), [vote.user], context, about=vote.pk)
