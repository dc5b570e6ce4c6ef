"""`make demo` as a newcomer meets it: starts, can be repeated, says what is wrong, leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "dfs_site.settings.dev"}


def environment(folder: Path, port: int | str) -> dict[str, str]:
    return {**os.environ, **SETTINGS, "DFS_VAR_DIR": str(folder), "PORT": str(port)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--languages", "fr"]
    return subprocess.Popen(
        command, env=environment(folder, port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def wait_for(address: str, process: subprocess.Popen[str], seconds: int) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} did not answer")


def processes_with(text: str) -> list[str]:
    """Command lines and environments of what still runs."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if text in (entry / "environ").read_bytes().decode("utf-8", "replace"):
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.mark.slow
def test_the_demo_starts_stops_and_starts_again(tmp_path: Path) -> None:
    folder, port = tmp_path / "var", free_port()
    for patience, stop in ((400, signal.SIGINT), (90, signal.SIGTERM)):
        process = start(folder, port)
        wait_for(f"http://127.0.0.1:{port}/en/r/SIM-MNO-03/", process, patience)
        process.send_signal(stop)
        output, _ = process.communicate(timeout=30)
        assert f"http://127.0.0.1:{port}/ar/" in output
        assert "editor / demo-editor-1" in output
        assert processes_with(f"DFS_VAR_DIR={folder}") == []
    assert "The content is loaded already" in output


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
