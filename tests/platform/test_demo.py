"""`make demo` as a newcomer meets it: starts, can be repeated, says what is wrong, leaves nothing behind."""

import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo import ROOT, environment, first_run, run_and_stop
from tests.prepared import once


@pytest.mark.slow
def test_the_demo_starts_stops_and_starts_again(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    prepared = once(tmp_path_factory, "demo", first_run)
    folder = shutil.copytree(prepared / "var", tmp_path / "var")
    first, again = (prepared / "said.txt").read_text(), run_and_stop(folder, 90, signal.SIGTERM)
    for output in (first, again):
        assert "http://127.0.0.1:PORT/ar/" in output
        assert "editor / demo-editor-1" in output
    assert "The content is loaded already" not in first
    assert "The content is loaded already" in again


@pytest.mark.parametrize(("port", "sentence"), [("abc", "PORT must be a number"), ("99999", "PORT must be a number")])
def test_a_wrong_port_is_one_sentence(tmp_path: Path, port: str, sentence: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "demo"]
    done = subprocess.run(command, env=environment(tmp_path, port), capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert sentence in done.stderr and "Traceback" not in done.stderr


def test_a_taken_port_is_one_sentence_and_nothing_is_prepared(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, str(ROOT / "manage.py"), "demo"]
        folder = tmp_path / "var"
        done = subprocess.run(command, env=environment(folder, port), capture_output=True, text=True, timeout=60)
    assert f"Port {port} can't be used" in done.stderr and "Traceback" not in done.stderr
    assert not (folder / "db.sqlite3").exists()
