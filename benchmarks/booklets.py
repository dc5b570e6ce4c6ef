"""Booklets: CPU seconds and printed pages a second for each format, and how they grow with ten times the text."""

import io
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import django

django.setup()

from pypdf import PdfReader  # noqa: E402

from dfs_pages.exporters.booklets.booklet import Booklet  # noqa: E402
from dfs_pages.exporters.booklets.making import ARCHIVE, FORMATS, booklet_of, content_of, subject_of  # noqa: E402

SUBJECTS = {"chapter": "recommendations/sim-swap", "catalogue": "controls/assurance-framework", "whole site": ""}
TIMES = 10


def cpu() -> float:
    """Of this process and of the ones it started: a PDF is made in a process of its own."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def measure(make: Callable[[], object]) -> tuple[object, float, float]:
    before, started = cpu(), time.perf_counter()
    made = make()
    return made, cpu() - before, time.perf_counter() - started


def main() -> None:
    print("\nbooklets                           s CPU  s wall      KB   pages  pages/s CPU")
    for language in ("en", "ar", "zh-hans"):
        for name, path in SUBJECTS.items():
            subject = subject_of(path, language)
            booklet_of(subject, language)
            booklet, used, wall = measure(lambda subject=subject, language=language: booklet_of(subject, language))
            assert isinstance(booklet, Booklet)
            line(f"{name}, {language}: gathered", used, wall)
            formats(f"{name}, {language}", booklet)
    subject = subject_of("", "en")
    made, used, wall = measure(lambda: content_of(subject, "en", ARCHIVE).file())
    assert isinstance(made, bytes)
    line("whole site as ZIP, all languages", used, wall, made)
    if "--as-it-is" not in sys.argv:
        formats(f"whole site {TIMES} times, en", larger(booklet_of(subject, "en")))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"  peak memory                 {peak[0] // 1024:8} MB here, {peak[1] // 1024} MB in a child")


def formats(name: str, booklet: Booklet) -> None:
    pages = 0
    for kind, (_type, render) in FORMATS.items():
        if kind == ARCHIVE:
            continue
        made, used, wall = measure(lambda render=render: render(booklet))
        assert isinstance(made, bytes)
        pages = pages or len(PdfReader(io.BytesIO(made)).pages)  # the PDF comes first, and its pages count for all
        line(f"{name}: {kind}", used, wall, made, pages)


def line(name: str, used: float, wall: float, made: bytes = b"", pages: int = 0) -> None:
    size = f"{len(made) // 1024:8}" if made else " " * 8
    rate = f"{pages:8}{pages / used:13.0f}" if pages else ""
    print(f"  {name:32}{used:8.2f}{wall:8.2f}{size}{rate}")


def larger(booklet: Booklet) -> Booklet:
    """The same text again and again, each time at addresses of its own."""
    parts = [
        replace(part, anchor=f"{part.anchor}-{number}", address=f"{part.address}{number}/" if part.address else "")
        for number in range(TIMES)
        for part in booklet.parts
    ]
    return replace(booklet, parts=parts)


main()
