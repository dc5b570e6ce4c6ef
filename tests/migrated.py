"""An empty database with all migrations applied, kept between runs: they take longer than most suites.

The first process of a run that finds none makes it while the others wait, and all copy it: on SQLite from a file, on
PostgreSQL from a template database.
"""

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path

from django.apps import apps
from django.db import connection


def digest() -> str:
    """Another one as soon as any migration of any installed app differs."""
    found = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        found.update(app.label.encode())
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


def kept_file() -> Path:
    return Path(tempfile.gettempdir()) / f"dfs-tests-migrated-{digest()}.sqlite3"


class MigratedFile:
    def __init__(self) -> None:
        self.path = kept_file()
        # The database in memory that Django is about to use; it lives as long as some connection is open.
        name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
        self.memory = sqlite3.connect(name, uri=True)

    def exists(self) -> bool:
        return self.path.exists()

    def copy(self) -> None:
        kept = sqlite3.connect(self.path)
        kept.backup(self.memory)
        kept.close()

    def keep(self) -> None:
        unfinished = self.path.with_suffix(f".{os.getpid()}")
        target = sqlite3.connect(unfinished)
        self.memory.backup(target)
        target.close()
        unfinished.replace(self.path)

    def close(self) -> None:
        self.memory.close()


class MigratedTemplate:
    def __init__(self) -> None:
        self.name = f"dfs_tests_migrated_{digest()}"

    def exists(self) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return cursor.fetchone() is not None

    def copy(self) -> None:
        connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def keep(self) -> None:
        source = connection.settings_dict["NAME"]
        connection.close()  # nobody may use what is copied
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{source}"')

    def close(self) -> None:
        """It is the server's."""
