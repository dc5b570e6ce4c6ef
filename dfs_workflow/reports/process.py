"""How fast the platform decides: figures without a name, from what is in the database now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from wagtail.models import TaskState, WorkflowState

from dfs_workflow.models import OUR_TASKS, Override, Proposal

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Pace:
    """`decided` within a year; `median_days` and `oldest_days` are None where there is nothing to count."""

    decided: int
    median_days: int | None
    waiting: int
    oldest_days: int | None


@dataclass(frozen=True)
class Process:
    reviews: Pace
    proposals: Pace
    emergencies: int
    emergencies_open: int


def process(at: datetime) -> Process:
    overrides = Override.objects.filter(at__gt=at - YEAR)
    return Process(
        reviews=review_pace(at),
        proposals=proposal_pace(at),
        emergencies=overrides.count(),
        emergencies_open=Override.objects.open().count(),
    )


def review_pace(at: datetime) -> Pace:
    tasks = [pk for kind in OUR_TASKS for pk in kind._default_manager.values_list("pk", flat=True)]
    steps = TaskState.objects.filter(task__in=tasks)
    ended = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)
    decided = steps.filter(status__in=ended, finished_at__gt=at - YEAR)
    waiting = steps.filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
    return pace(decided.values_list("started_at", "finished_at"), waiting.values_list("started_at", flat=True), at)


def proposal_pace(at: datetime) -> Pace:
    decided = Proposal.objects.filter(decided_at__gt=at - YEAR)
    waiting = Proposal.objects.filter(state__in=Proposal.OPEN)
    return pace(decided.values_list("submitted_at", "decided_at"), waiting.values_list("submitted_at", flat=True), at)


def pace(decided: Iterable[tuple[datetime, datetime]], waiting: Iterable[datetime], at: datetime) -> Pace:
    took = [(end - start).days for start, end in decided]
    since = list(waiting)
    return Pace(
        decided=len(took),
        median_days=round(median(took)) if took else None,
        waiting=len(since),
        oldest_days=(at - min(since)).days if since else None,
    )
