"""What a database keeps beside its rows of what was deleted."""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


def empty_log(database: BaseDatabaseWrapper = connection) -> None:
    """SQLite's log of writes holds old text until it is written over. Where a long reader is in the way, the daily
    round does it. PostgreSQL's log goes by its own settings."""
    if database.vendor == "sqlite" and not database.in_atomic_block:
        with database.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
