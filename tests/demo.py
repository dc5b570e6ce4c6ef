"""The demo as somebody starts it in a terminal; its first run, which loads all content, serves the journeys too."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_PAGE = "/en/r/SIM-MNO-03/"


def environment(folder: Path, port: int | str) -> dict[str, str]:
    """As in a terminal: without what the settings of the tests put into this process."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "PYTEST_"))}
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "CACHE_URL"):
        clean.pop(name, None)
    return {
        **clean,
        "DJANGO_SETTINGS_MODULE": "dfs_site.settings.dev",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "DFS_VAR_DIR": str(folder),
        "PORT": str(port),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_and_stop(folder: Path, patience: int, stop: signal.Signals) -> str:
    """Starts `manage.py demo`, reads a page, stops it, and returns what it printed, with PORT in place of the port."""
    port = free_port()
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--languages", "fr,ar"]
    process = subprocess.Popen(
        command, env=environment(folder, port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        wait_until_up(f"http://127.0.0.1:{port}{FIRST_PAGE}", process, patience)
    finally:
        process.send_signal(stop)
        output, _ = process.communicate(timeout=60)
    assert processes_with(f"DFS_VAR_DIR={folder}") == []
    return output.replace(str(port), "PORT")


def wait_until_up(address: str, process: subprocess.Popen[str], seconds: int) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, process.stdout.read() if process.stdout else "it ended at once"
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer")


def processes_with(text: str) -> list[str]:
    """Command lines of what still runs with this in its environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if text in (entry / "environ").read_bytes().decode("utf-8", "replace"):
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def first_run(folder: Path) -> None:
    (folder / "said.txt").write_text(run_and_stop(folder / "var", 900, signal.SIGINT))
