"""The checks that the machine makes of the code itself; `make lint` runs the same."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_ci_calls_the_same_command_as_the_desk() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text()


def test_makefile_knows_both_promised_commands() -> None:
    for target in ("demo", "test", "check", "demo-data"):
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_the_console_script_starts_without_being_installed() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check"], cwd="/", capture_output=True, text=True, timeout=120
    )
    assert "no issues" in done.stdout, done.stderr


def test_a_reader_that_has_enough_ends_a_command_in_silence() -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "help", "--commands"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=120) == 0
