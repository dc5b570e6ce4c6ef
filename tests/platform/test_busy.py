"""A long write of somebody else: nobody gets an error that means nothing, and the worker goes on afterwards."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from dfs_site.busy import BusyDatabaseMiddleware
from tests.platform.test_demo import ROOT, environment


def test_a_locked_database_is_said_and_nothing_else_is_hidden() -> None:
    middleware = BusyDatabaseMiddleware(lambda request: None)
    request = RequestFactory().post("/en/account/")
    answer = middleware.process_exception(request, OperationalError("database is locked"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "nothing you sent was saved" in answer.content.decode()
    assert middleware.process_exception(request, OperationalError("no such table: x")) is None


@pytest.mark.slow
def test_the_worker_survives_a_long_write(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    wanted = environment(folder, 8000)
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=wanted, check=True, timeout=300)
    lock = sqlite3.connect(folder / "db.sqlite3", isolation_level=None)
    worker = subprocess.Popen([*manage, "worker", "--interval", "0.2"], env=wanted, stderr=subprocess.PIPE, text=True)
    try:
        time.sleep(6)
        lock.execute("BEGIN IMMEDIATE")
        time.sleep(24)
        lock.execute("ROLLBACK")
        time.sleep(1)
        assert worker.poll() is None
    finally:
        worker.send_signal(signal.SIGTERM)
        _out, said = worker.communicate(timeout=40)
    assert "goes on" in said
