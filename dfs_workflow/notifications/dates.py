"""Mails about a bundle that waits for its date: to who submitted it and who approved it."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django_tasks import task

from dfs_workflow.models import Bundle
from dfs_workflow.notifications import queue
from dfs_workflow.notifications.reviews import name_of, send


@task(priority=queue.SOON)
def tell_held_back(bundle_id: int) -> None:
    bundle = Bundle.objects.filter(pk=bundle_id).exclude(held_back={}).first()
    if bundle is not None:
        about = f"{bundle.pk} {bundle.goes_live_at} {bundle.held_back.get(settings.LANGUAGE_CODE)}"
        send("held_back", bundle, people_of(bundle), {"title": str(bundle), "bundle": bundle}, about=about)


@task(priority=queue.SOON)
def tell_taken_back(bundle_id: int, title: str, user_id: int | None) -> None:
    """Not to who did it."""
    bundle = Bundle.objects.filter(pk=bundle_id).first()
    if bundle is None:
        return
    by = get_user_model()._default_manager.filter(pk=user_id).first()
    context = {"title": str(bundle), "part": title, "who": name_of(by), "is_taken_back": True}
    about = f"{bundle.pk} {bundle.closed_at} taken back"
    send("held_back", bundle, people_of(bundle).exclude(pk=user_id), context, about=about)


def people_of(bundle: Bundle) -> QuerySet[Any]:
    steps = bundle.workflow_states.values_list("task_states__finished_by", flat=True)
    concerned = {bundle.submitted_by_id, *steps} - {None}
    people = get_user_model()._default_manager.filter(pk__in=concerned, is_active=True).exclude(email="")
    found: QuerySet[Any] = people.order_by("pk")
    return found
