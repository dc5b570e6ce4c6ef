"""Numbers of proposals are given once and without gaps, also where many submit at the same moment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.dfs_workflow import numbering
from tests.migrated import kept_file

SCRIPT = Path(numbering.__file__)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads can't share a database in memory: see below")
def test_people_who_submit_at_once_get_numbers_without_gaps_or_doubles() -> None:
    assert sorted(numbering.numbers_given()) == numbering.expected()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="needs a file of SQLite")
def test_the_same_on_a_file_of_sqlite(tmp_path: Path) -> None:
    file = shutil.copy(kept_file(), tmp_path / "numbers.sqlite3")
    environment = {
        **os.environ, "DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "dfs_site.settings.test",
    }  # fmt: skip
    done = subprocess.run([sys.executable, str(SCRIPT)], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
