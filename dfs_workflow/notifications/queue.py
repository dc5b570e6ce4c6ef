"""Work for the queue as part of a transaction: there when that is, gone when it is taken back."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks_db import DatabaseBackend

# Before the search index and booklets: after a load of content these are thousands.
SOON = 50


def put(task: Any, *args: Any) -> None:
    """A queue in the database takes it at once, in the same transaction; any other one after the commit."""
    if isinstance(task.get_backend(), DatabaseBackend):
        task.enqueue(*args)
    else:
        transaction.on_commit(partial(task.enqueue, *args), robust=True)
