"""The queue forgets what finished work was given: addresses and messages among it, which nobody needs any more."""

import logging
from typing import Any

from django.db import DatabaseError
from django_tasks.signals import task_finished

logger = logging.getLogger(__name__)


def after_work(sender: Any, task_result: Any, **kwargs: Any) -> None:
    """Done or failed. Where the queue is not in the database, its server keeps nothing that is ours to change."""
    row = getattr(task_result, "db_result", None)
    if row is None:
        return
    try:
        row.args_kwargs = {"args": [], "kwargs": {}}
        row.save(update_fields=["args_kwargs"])
    except DatabaseError as error:  # the work itself is done: it goes with the daily pruning
        logger.warning("What finished work was given is kept for a day: %s", error)


def connect() -> None:
    task_finished.connect(after_work, dispatch_uid="dfs_workflow.finished_work")
