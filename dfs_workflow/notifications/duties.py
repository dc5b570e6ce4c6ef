"""Mails about what is due: reminders, emergencies, experts who are asked. Each is work of the queue."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import signing
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import override as language
from django_tasks import task
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Page, TaskState

from dfs_workflow.models import FactCheck, Override, ReviewReminder
from dfs_workflow.notifications import post, queue
from dfs_workflow.notifications.reviews import deciders, instance_of, name_of, send
from dfs_workflow.stewardship import stewards

EMERGENCIES = partial(reverse, "dfs_workflow_overrides")  # what was published, and where it is signed off
FACT_CHECK_SALT = "dfs_workflow.fact_check"


@task(priority=queue.SOON)
def remind(task_state_id: int, stage: str, due_at: str) -> None:
    """To those who decide; of what is overdue stewards hear too. Nothing where it was decided meanwhile."""
    task_state = TaskState.objects.filter(pk=task_state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    if task_state is None:
        return
    people, instance = deciders(task_state), instance_of(task_state.workflow_state)
    is_overdue = stage == ReviewReminder.Stage.OVERDUE
    context = {"title": task_state.revision.object_str, "due": parse_datetime(due_at), "is_overdue": is_overdue}
    send("reminder", instance, people, context, about=f"{task_state_id} {stage}")
    if is_overdue:
        tell_stewards(task_state, people, context)


def tell_stewards(task_state: TaskState, deciders: Sequence[Any], context: dict[str, Any]) -> None:
    """They don't decide it, but read whom to ask; where nobody can, they confirm a member."""
    instance, names = instance_of(task_state.workflow_state), [name_of(user) for user in deciders]
    others = stewards().exclude(email="").exclude(pk__in=[user.pk for user in deciders])
    page = f"?page={instance.pk}" if isinstance(instance, Page) else ""

    def screen() -> str:
        return f"{reverse('dfs_workflow_access')}{page}" if names else reverse("dfs_workflow:join_requests")

    about = f"{task_state.pk} {bool(names)} {'due' in context}"
    send("waiting", None, others, {**context, "names": names}, about=about, screen=screen)


@task(priority=queue.SOON)
def tell_emergency(override_id: int) -> None:
    """Everybody who edits learns at once what somebody published alone."""
    row = Override.objects.filter(pk=override_id).first()
    if row is not None:
        context = {"title": row.title, "who": row.by_name, "reason": row.reason, "due": row.due_at}
        people = editors_of_all_kinds().exclude(pk=row.by_id)
        send("emergency", None, people, context, about=row.pk, screen=EMERGENCIES)


@task(priority=queue.SOON)
def report_emergencies(override_ids: Sequence[int]) -> None:
    rows = list(Override.objects.filter(pk__in=override_ids))
    if rows:
        about = f"{sorted(override_ids)} {timezone.localdate()}"
        context = {"title": "", "overrides": rows}
        send("emergencies", None, editors_of_all_kinds(), context, about=about, screen=EMERGENCIES)


def editors_of_all_kinds() -> QuerySet[Any]:
    right = Permission.objects.filter(content_type__app_label="dfs_workflow", codename="change_bundle")
    people = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    found: QuerySet[Any] = people.filter(groups__permissions__in=right).distinct().order_by("pk")
    return found


@task(priority=queue.SOON)
def ask_expert(check_id: int) -> None:
    """The expert has no account: the mail is written in the language that was chosen for them."""
    check = FactCheck.objects.select_related("task_state__revision", "asked_by").filter(pk=check_id).first()
    if check is None or check.answered_at:
        return
    with language(check.language):
        path = reverse("dfs_workflow:fact_check", args=[signing.dumps(check.pk, salt=FACT_CHECK_SALT)])
        context = {"check": check, "url": f"{get_admin_base_url() or ''}{path}"}
        subject = render_to_string("dfs_workflow/mail/fact_check_subject.txt", context)
        body = render_to_string("dfs_workflow/mail/fact_check.txt", context)
    post.write("fact_check", check.email, check.language, subject=subject, body=body, about=str(check.pk))


@task(priority=queue.SOON)
def tell_fact_check(check_id: int) -> None:
    check = FactCheck.objects.select_related("task_state__revision", "asked_by").filter(pk=check_id).first()
    if check is not None and check.asked_by and check.asked_by.is_active and check.asked_by.email:
        context = {"title": check.task_state.revision.object_str, "check": check}
        send("fact_checked", instance_of(check.task_state.workflow_state), [check.asked_by], context, about=check.pk)
