"""CPU seconds per document, of the model MOU with every usual clause, in each language that the model has."""

import datetime
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from dfs_mou.documents import (  # noqa: E402
    akoma,
    bilingual_docx,
    docx,
    docx_redline,
    html,
    markdown,
    odt,
    pdf,
    returned,
)
from dfs_mou.documents.answers import Answers, clean  # noqa: E402
from dfs_mou.documents.bilingual import Bilingual  # noqa: E402
from dfs_mou.documents.document import Document  # noqa: E402
from dfs_mou.documents.edition import Edition  # noqa: E402
from dfs_mou.documents.tree import build  # noqa: E402
from dfs_mou.exporters.editions import current_edition  # noqa: E402

DATE = datetime.date(2026, 1, 1)
AT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
RUNS = 5
BATCH = 100


def cpu() -> float:
    """Of this process and of the ones it started: a PDF is made in a process of its own."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def measure(name: str, make: Callable[[], object], runs: int = RUNS) -> float:
    make()
    before, started = cpu(), time.perf_counter()
    for _ in range(runs):
        make()
    each = (cpu() - before) / runs
    print(f"  {name:28}{each:8.3f} s CPU{(time.perf_counter() - started) / runs:8.3f} s wall")
    return each


def main() -> None:
    current = current_edition()
    assert current, "the model MOU is not loaded"
    _row, edition = current
    answers: Answers = clean(edition, {"common": {}, "values": {}}).answers
    for language in edition.languages:
        formats(edition, answers, language)
    negotiation(edition, answers)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"  peak memory                 {peak[0] // 1024:8} MB here, {peak[1] // 1024} MB in a child")


def formats(edition: Edition, answers: Answers, language: str) -> None:
    document = build(edition, answers, language=language, date=DATE)
    print(f"\ndocuments, per piece: {language}")
    measure("document tree", lambda: build(edition, answers, language=language, date=DATE))
    measure("HTML", lambda: html.page(document))
    measure("Markdown", lambda: markdown.render(document))
    measure("Akoma Ntoso", lambda: akoma.render(document))
    measure("ODT", lambda: odt.render(document))
    measure("DOCX", lambda: docx.render(document))
    ours = measure("PDF/A-3a + UA-1", lambda: pdf.render(document))
    beside_libreoffice(document, ours)


def beside_libreoffice(document: Document, ours: float) -> None:
    """What a program does that makes PDFs out of Word files: an office program, warm, on the same text."""
    office = shutil.which("soffice")
    if office is None:
        print("  LibreOffice is not installed: no figure beside ours")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mou.docx"
        path.write_bytes(docx.render(document))
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]

        def convert() -> None:
            done = [*command, "--outdir", folder, str(path)]
            subprocess.run(done, check=True, capture_output=True, timeout=300)

        theirs = measure("LibreOffice, DOCX to PDF", convert, runs=2)
    print(f"  ours is {ours / theirs:.2f} of LibreOffice's CPU")


def negotiation(edition: Edition, answers: Answers) -> None:
    before = build(edition, answers, language="en", date=DATE)
    other = clean(edition, {"common": {"binding": "no", "incident_critical_hours": 6}}).answers
    after = build(edition, other, language="en", date=DATE)
    came_back = docx.render(after)
    print("\nnegotiation, per piece: en")
    measure("redline", lambda: docx_redline.render(before, after, author="A", at=AT))
    measure("returned DOCX, mapped", lambda: returned.changes(before, came_back))
    if "fr" in edition.languages:
        pair = Bilingual(build(edition, answers, language="fr", date=DATE), before)
        measure("DOCX in two columns", lambda: bilingual_docx.render(pair))
        measure("PDF in two columns", lambda: pdf.render_bilingual(pair))
    started, used = time.perf_counter(), cpu()
    for number in range(BATCH):
        changed = Answers({"term_years": 1 + number % 9}, answers.values)
        docx.render(build(edition, changed, language="en", date=DATE))
    print(f"  {BATCH} agreements as DOCX     {cpu() - used:10.1f} s CPU{time.perf_counter() - started:8.1f} s wall")


main()
