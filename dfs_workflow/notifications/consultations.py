"""Mails about consultations, each in the language of its reader."""

from django.contrib.auth import get_user_model
from django_tasks import task

from dfs_workflow import permissions
from dfs_workflow.consultations import visible
from dfs_workflow.models import Capability, name_of
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.people import address, language_of, send


@task(priority=queue.SOON)
def remind_of_closing(consultation_id: int, user_id: int) -> None:
    """Whether they may read and answer it is asked when it is sent."""
    user = get_user_model()._default_manager.filter(pk=user_id, is_active=True).first()
    if user is None or not permissions.can(user, Capability.ANSWER_CONSULTATION):
        return
    row = visible.consultations_for(user).filter(pk=consultation_id, closed_at=None).first()
    if row is not None:
        context = {"name": name_of(user), "title": row.title, "day": row.closes_on}
        url, about = address("consultation", row.pk), f"{row.pk} {row.reminded_on}"
        send("consultation_closing", user.email, language_of(user), context, about=about, person=user, url=url)
