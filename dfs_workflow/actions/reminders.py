"""What time does to open reviews: reminders, escalation, the weekly report; and who is away."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from dfs_workflow import permissions
from dfs_workflow.models import Absence, DecidedByOthers, Override, ReviewReminder
from dfs_workflow.models.task import open_steps
from dfs_workflow.notifications import duties as mails
from dfs_workflow.notifications import queue

Stage = ReviewReminder.Stage
SOON = timedelta(days=3)


def remind_reviewers(*, at: datetime) -> int:
    """How many reminders were sent; each stage of each step once, also after the scheduler was down for a while."""
    told = set(ReviewReminder.objects.values_list("task_state", "stage"))
    sent = 0
    for task_state, task in open_steps():
        stage = stage_at(task_state, task, at)
        if stage and (task_state.pk, stage) not in told:
            sent += remind(task_state, task, stage, at)
    return sent


def stage_at(task_state: TaskState, task: DecidedByOthers, at: datetime) -> Stage | None:
    due = task.due_at(task_state)
    if at >= due:
        return Stage.OVERDUE
    if at >= due - SOON:
        return Stage.SOON
    return Stage.HALF_TIME if at >= task_state.started_at + (due - task_state.started_at) / 2 else None


@transaction.atomic
def remind(task_state: TaskState, task: DecidedByOthers, stage: Stage, at: datetime) -> bool:
    """Recorded first and mailed after the commit, so that no mail goes out twice."""
    _row, is_new = ReviewReminder.objects.get_or_create(task_state=task_state, stage=stage, defaults={"at": at})
    if is_new:
        due_at = task.due_at(task_state).isoformat()
        queue.put(mails.remind, task_state.pk, str(stage), due_at)
    return is_new


@transaction.atomic
def report_overrides(*, at: datetime) -> int:
    """How many emergency publications were told to everybody who edits: at most once a week each."""
    rows = list(Override.objects.select_for_update().to_report(at))
    if rows:
        Override.objects.filter(pk__in=[row.pk for row in rows]).update(reported_at=at)
        queue.put(mails.report_emergencies, [row.pk for row in rows])
    return len(rows)


@transaction.atomic
def set_absence(*, by: Any, delegate: Any, first_day: date | None, last_day: date | None) -> None:
    """Without days the absence ends. Only somebody who can open the admin can stand in."""
    if first_day is None or last_day is None:
        Absence.objects.filter(user=by).delete()
        return
    if not delegate.is_active or not permissions.can_enter_admin(delegate):
        raise PermissionDenied(_("Choose somebody who works in the editors’ part of the platform."))
    days = {"delegate": delegate, "first_day": first_day, "last_day": last_day}
    Absence.objects.update_or_create(user=by, defaults=days)
