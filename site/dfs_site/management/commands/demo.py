"""The whole platform on this computer: a web server, the worker and the scheduler, until Ctrl+C."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from dfs_site.demo_accounts import ACCOUNTS

HOST = "127.0.0.1"
PATIENCE_SECONDS = 10
PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    help = "Prepares the demo and serves it on 127.0.0.1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--languages", help="draft translations of the content to load, for example: fr,ar (all)")

    def handle(self, *, languages: str | None, **options: object) -> None:
        number = port_number(os.environ.get("PORT") or "8000")  # the settings read it too, for links in mails
        refuse_taken_port(number)
        call_command("demo_data", languages=languages, stdout=self.stdout, stderr=self.stderr)
        self.announce(number)
        serve(number)

    def announce(self, port: int) -> None:
        address = f"http://{HOST}:{port}"
        lines = ["", "The platform is running.", ""]
        lines += [f"  Read      {address}/{code}/   {name}" for code, name in settings.LANGUAGES]
        lines += [f"  Edit      {address}/admin/", f"  API       {address}/api/v1/docs"]
        lines += [f"  Draft     {address}/en/mou-builder/   an MOU, without a login"]
        lines += [f"  Passkeys  http://localhost:{port}/   work only there, as they need a name", ""]
        lines += [f"  {account.group:<13} {account.username} / {account.password}" for account in ACCOUNTS]
        lines += ["", f"  Mails are written to {settings.EMAIL_FILE_PATH}", "  Stop with Ctrl+C.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} can't be used ({error.strerror}). Choose another: PORT=8001 make demo"
            ) from error


def serve(port: int) -> None:
    """Runs the three processes, each in a group of its own, and ends them together, whatever ends first."""
    manage = [sys.executable, sys.argv[0]]
    web = [sys.executable, "-m", "gunicorn", "dfs_site.wsgi", "--bind", f"{HOST}:{port}", "--workers", "1"]
    commands = (
        [*web, "--threads", "8", "--log-level", "warning"],
        [*manage, "worker"],
        [*manage, "scheduler"],
    )
    names = ("The web server", "The worker", "The scheduler")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a shell may have told us to ignore the first
        signal.signal(number, stop_waiting)
    processes = [start(command) for command in commands]
    try:
        while not (
            ended := [name for name, process in zip(names, processes, strict=True) if process.poll() is not None]
        ):
            time.sleep(0.5)
        sys.stderr.write(f"{ended[0]} has ended by itself, so the demo stops. Run make demo again.\n")
    except KeyboardInterrupt:
        pass
    finally:
        stop(processes)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(settings.PROJECT_DIR), str(settings.SITE_DIR.parent)]),
    }
    return subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=end_with_parent)  # noqa: S603


def end_with_parent() -> None:
    """On Linux a child hears when its parent is gone, even if that was killed without a chance to say so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_waiting(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            signal_group(process, signal.SIGKILL)
            process.wait()


def signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return
