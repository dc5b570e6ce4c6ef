"""An empty database with all migrations applied, kept between runs: on SQLite they take longer than most suites."""

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper


def kept_file() -> Path:
    """Another name as soon as any migration of any installed app differs."""
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        digest.update(app.label.encode())
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"dfs-tests-migrated-{digest.hexdigest()[:16]}.sqlite3"


def memory_of(connection: BaseDatabaseWrapper) -> sqlite3.Connection:
    """The database in memory that Django is about to use; it lives as long as some connection is open."""
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    return sqlite3.connect(name, uri=True)


def restore(memory: sqlite3.Connection) -> None:
    if kept_file().exists():
        kept = sqlite3.connect(kept_file())
        kept.backup(memory)
        kept.close()


def keep(memory: sqlite3.Connection) -> None:
    if kept_file().exists():
        return
    unfinished = kept_file().with_suffix(f".{os.getpid()}")
    target = sqlite3.connect(unfinished)
    memory.backup(target)
    target.close()
    unfinished.replace(kept_file())
