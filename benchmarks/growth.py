"""What grows with the platform: reading, search and the API at two sizes, imports and booklets, on both databases.

`python -m benchmarks.growth` makes 2,000 and then 20,000 pages of generated text beside the content, on SQLite and on
a PostgreSQL of its own; other sizes as arguments. A quarter of an hour on a quiet machine.
"""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

from benchmarks import load, run

SIZES = ("2000", "20000")
CONNECTIONS = 8
CONTENT = run.ROOT / "dfs_pages" / "content"
PAGES = {
    "chapter page": "/en/recommendations/sim-swap/",
    "control page": "/en/r/SAF-053/",
    "matrix": "/en/controls/assurance-framework/",
    "search": "/en/search/?q=security",
    "search, two words": "/en/search/?q=sim+swap",
    "search, always other": "",
    "API list": "/api/v1/recommendations?limit=20",
}


def main(sizes: list[str]) -> None:
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {sys.version.split()[0]}, {os.cpu_count()} cores", flush=True
    )
    command = [sys.executable, "-m", "benchmarks.growth", "here", *sizes]
    with tempfile.TemporaryDirectory() as folder:
        alone = {"DATABASE_URL": f"sqlite:///{folder}/growth.sqlite3"}
        subprocess.run(command, env={**os.environ, **alone}, cwd=run.ROOT, check=True)
    subprocess.run([str(run.ROOT / ".ci" / "postgres"), *command], cwd=run.ROOT, check=True)


def here(sizes: list[str]) -> None:
    """On the empty database that is configured."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DFS_VAR_DIR": folder,
            "BENCHMARK_CACHE": "no",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "PYTHONPATH": f"{run.ROOT}:{run.ROOT / 'site'}",
        }
        vendor = os.environ["DATABASE_URL"].partition(":")[0]
        for command in (
            ["compile_translations"],
            ["migrate", "-v0"],
            ["load_platform"],
            ["collectstatic", "--noinput"],
        ):
            run.manage(environment, *command)
        made = 0
        for size in map(int, sizes):
            print(f"\n{vendor}, {size} generated pages", flush=True)
            run.child("search_load", environment, str(size - made), str(made))
            made = size
            requests(environment)
            run.child("queries", environment)
        run.child("books", environment, "1000")
        run.child("booklets", environment, "--as-it-is")


def requests(environment: dict[str, str]) -> None:
    """Without the cache of anonymous answers, with a process for each core, and without readers of other pages."""
    print(f"calibration: {run.calibrate():.0f} loops/s")
    print(f"{'':20}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}")
    with run.server(environment, processes=os.cpu_count() or 1) as port:
        for name, path in PAGES.items():
            load.run(port, path or questions(), connections=CONNECTIONS, seconds=1)
            page = load.run(port, path or questions(), connections=CONNECTIONS)
            assert page.latencies and not page.failures, name
            print(
                f"{name:20}{page.per_second:12.1f}{page.percentile(0.5):9.1f}{page.percentile(0.99):9.1f}", flush=True
            )


def questions() -> Iterator[str]:
    """No two alike: one to three words that our own texts use."""
    text = " ".join(file.read_text(encoding="utf-8") for file in sorted(CONTENT.glob("*.yaml")))
    words = sorted({word for word in text.split() if word.isalpha() and len(word) > 4})
    chance = random.Random(1)
    while True:
        yield "/en/search/?" + urlencode({"q": " ".join(chance.choices(words, k=chance.choice((1, 2, 2, 3))))})


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["here"]:
        here(arguments[1:])
    else:
        main(arguments or list(SIZES))
