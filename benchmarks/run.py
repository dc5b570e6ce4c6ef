"""Prints all figures in one run; see README.md beside this file."""

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from benchmarks import load  # noqa: E402

PAGES = {
    "chapter page": "/en/recommendations/sim-swap/",
    "API list": "/api/v1/recommendations?limit=20",
}


def main() -> None:
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DFS_VAR_DIR": folder,
            "BENCHMARK_BODIES": folder,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        }
        print(f"calibration: {calibrate():.0f} loops/s")
        content(environment)
        requests(environment, Path(folder))
        child("documents", environment)
        child("booklets", environment)
        child("queries", {**environment, "BENCHMARK_CACHE": "no"})
        print()
        for pages in ("1000", "10000"):
            child("books", environment, pages)
        child("merge", environment)
        for members in ("2000", "20000"):
            child("digest", environment, members)
        for name in ("desk", "translation"):
            child(name, {**environment, "DJANGO_SETTINGS_MODULE": "dfs_site.settings.test"})
        print(f"\ncalibration: {calibrate():.0f} loops/s")


def calibrate() -> float:
    """A fixed piece of pure Python per loop; says how fast the machine is right now."""
    loops, end = 0, time.perf_counter() + 1
    while time.perf_counter() < end:
        sum(number * number for number in range(1000))
        loops += 1
    return loops


def content(environment: dict[str, str]) -> None:
    manage(environment, "compile_translations")
    manage(environment, "migrate", "-v0")
    for name in ("first", "second"):
        started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        manage(environment, "load_platform")
        cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        print(f"content load, {name}: {time.perf_counter() - started:.1f} s ({cpu:.1f} s CPU)")
    manage(environment, "collectstatic", "-v0", "--noinput")


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def requests(environment: dict[str, str], folder: Path) -> None:
    print(f"\n{'':14}{'':10}{'requests/s':>12}{'p99 ms':>9}{'bare /s':>10}{'ratio':>8}")
    for cache, kind in (("yes", "cached"), ("no", "uncached")):
        with server({**environment, "BENCHMARK_CACHE": cache}) as port:
            for name, path in PAGES.items():
                (folder / "body").write_bytes(urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read())
                load.run(port, path, seconds=1)
                page, bare = load.run(port, path), load.run(port, "/bare/body")
                assert not page.failures and not bare.failures
                print(
                    f"{name:14}{kind:10}{page.per_second:12.0f}{page.percentile(0.99):9.1f}"
                    f"{bare.per_second:10.0f}{page.per_second / bare.per_second:8.2f}"
                )


@contextmanager
def server(environment: dict[str, str], processes: int = 1) -> Iterator[int]:
    """One process with threads, as the demo runs it, or several of them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "dfs_site.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    command += ["--workers", str(processes)]
    # Answers are kept only for the site's own address.
    environment = {**environment, "BASE_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen([*command, "--log-level", "error"], env=environment, cwd=ROOT)
    try:
        wait_until_up(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_until_up(port: int) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/").read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def child(name: str, environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *arguments], env=environment, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
