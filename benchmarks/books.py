"""Imports of books and catalogues: pages a second with search ready, the time editors wait, and memory.

`python -m benchmarks.books PAGES` does one size; `run.py` calls it for two, each in a process of its own.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

PARAGRAPH = (
    "A provider checks each transfer of **mobile money** against the device and the SIM it comes from, and asks "
    "the customer again where one of them is new; see [the chapter before](page-{before}.md#why) and the `IMSI`. "
)
PAGE = """# Page {number}

{text}

## Why

* The first reason
* The second reason, with *emphasis*

{{% hint style="warning" %}}
Needle{number} is found by search.
{{% endhint %}}

| Threat | Control |
| ------ | ------- |
| SIM swap | {text} |
"""


def write_book(folder: Path, pages: int) -> None:
    """In chapters of fifty."""
    lines = ["# Table of contents", "", "* [Book](README.md)"]
    (folder / "README.md").write_text("# Book\n")
    for number in range(pages):
        chapter = folder / f"chapter-{number // 50}"
        if number % 50 == 0:
            chapter.mkdir()
            (chapter / "README.md").write_text(f"# Chapter {number // 50}\n")
            lines.append(f"  * [Chapter {number // 50}]({chapter.name}/README.md)")
        text = PARAGRAPH.format(before=max(number - 1, number // 50 * 50)) * 3
        (chapter / f"page-{number}.md").write_text(PAGE.format(number=number, text=text))
        lines.append(f"    * [Page {number}]({chapter.name}/page-{number}.md)")
    (folder / "SUMMARY.md").write_text("\n".join(lines) + "\n")


def catalog(controls: int) -> dict[str, object]:
    rows = [
        {
            "id": f"x-{number}",
            "title": f"Control {number}",
            "params": [{"id": f"x-{number}_p", "label": "frequency"}],
            "parts": [
                {"id": f"x-{number}_s", "name": "statement", "prose": f"Review {{{{ insert: param, x-{number}_p }}}}."}
            ],
        }
        for number in range(controls)
    ]
    groups = [
        {"id": f"g{n}", "title": f"Group {n}", "controls": rows[n * 50 : n * 50 + 50]} for n in range(controls // 50)
    ]
    return {"catalog": {"uuid": "0" * 8, "metadata": {"title": "Benchmark", "version": "1"}, "groups": groups}}


@contextmanager
def somebody_else() -> Iterator[list[float]]:
    """Saves all the time, in a process of its own; the longest wait is known at the end."""
    command = [sys.executable, "-m", "benchmarks.waiting"]
    waited: list[float] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "ready\n"
        yield waited
        waited.append(float(process.communicate()[0]))


def main(pages: int) -> None:
    from dfs_pages.exporters.oscal import find_catalogue, oscal_catalog
    from dfs_pages.importers.gitbook.load import Order, find_parent, import_gitbook
    from dfs_pages.importers.oscal.load import catalogue_parent, import_oscal

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, f"book-{pages}")
        folder.mkdir()
        write_book(folder, pages)
        marks: dict[str, float] = {}
        order = Order(folder, find_parent("", "en"))
        with somebody_else() as waited:
            started, cpu = time.perf_counter(), time.process_time()
            account = import_gitbook(
                order, progress=lambda stage, done, total: marks.__setitem__(stage, time.perf_counter())
            )
            took, cpu = time.perf_counter() - started, time.process_time() - cpu
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"GitBook, {pages:6} pages: {account.created / took:6.0f} pages/s ({account.created / cpu:.0f} of CPU), "
            f"database held {marks['done'] - marks['write']:5.1f} s, others waited {waited[0]:.1f} s at most, "
            f"peak {memory:.0f} MB"
        )
        started = time.perf_counter()
        import_gitbook(order)
        print(f"  again, nothing changed: {account.created / (time.perf_counter() - started):6.0f} pages/s")
        file = Path(name, "catalog.json")
        file.write_text(json.dumps(catalog(pages)))
        started = time.perf_counter()
        import_oscal(file, parent=catalogue_parent("", "en"), prefix=f"B{pages}", slug=f"b{pages}")
        print(f"OSCAL,   {pages:6} controls: {pages / (time.perf_counter() - started):6.0f} controls/s in")
        page = find_catalogue(f"b{pages}", "en")
        assert page is not None
        started = time.perf_counter()
        oscal_catalog(page)
        print(f"{'':26}{pages / (time.perf_counter() - started):6.0f} controls/s out")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
