"""CPU seconds per document, of the model MOU with every usual clause, for a pair of the directory."""

import datetime
import resource
import time
from collections.abc import Callable

import django

django.setup()

from dfs_mou.documents import docx, html, pdf  # noqa: E402
from dfs_mou.documents.answers import Answers, clean  # noqa: E402
from dfs_mou.documents.tree import build  # noqa: E402
from dfs_mou.exporters.editions import current_edition  # noqa: E402

DATE = datetime.date(2026, 1, 1)
RUNS = 5


def cpu() -> float:
    """Of this process and of the ones it started: a PDF is made in a process of its own."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def measure(name: str, make: Callable[[], object]) -> None:
    make()
    before, started = cpu(), time.perf_counter()
    for _ in range(RUNS):
        make()
    each = (cpu() - before) / RUNS
    print(f"  {name:20}{each:8.3f} s CPU{(time.perf_counter() - started) / RUNS:8.3f} s wall")


def main() -> None:
    current = current_edition()
    assert current, "the model MOU is not loaded"
    _row, edition = current
    answers: Answers = clean(edition, {"common": {}, "values": {}}).answers
    document = build(edition, answers, language="en", date=DATE)
    print("\ndocuments, per piece")
    measure("document tree", lambda: build(edition, answers, language="en", date=DATE))
    measure("HTML", lambda: html.page(document))
    measure("DOCX", lambda: docx.render(document))
    measure("PDF/A-3a + UA-1", lambda: pdf.render(document))


main()
