"""CPU and peak memory of the files of the full model MOU in six languages, beside other programs on the same text.

Needs no database. `--others PYTHON`: a Python that has docxtpl and WeasyPrint, in a place of its own.
"""

from __future__ import annotations

import datetime
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dfs_site.settings.test")

import django  # noqa: E402

django.setup()

from dfs_mou.documents import docx, docx_redline, html, pdf, returned  # noqa: E402
from dfs_mou.documents.answers import Answers, clean  # noqa: E402
from dfs_mou.documents.document import Document  # noqa: E402
from dfs_mou.documents.tree import build  # noqa: E402
from tests.dfs_mou.mou_content import supplied  # noqa: E402
from tests.dfs_mou.translated_edition import edition_in  # noqa: E402

DATE, AT = datetime.date(2026, 1, 1), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
LANGUAGES = ("en", "fr", "ar", "zh-hans", "ru", "es")
RUNS, BATCH = 5, 100
OTHERS = {
    "docxtpl": "import sys\nfrom docxtpl import DocxTemplate\n"
    "for _ in range(int(sys.argv[3])):\n"
    " t = DocxTemplate(sys.argv[1]); t.render({'regulator': 'NCC'}, autoescape=True); t.save(sys.argv[2])\n",
    "WeasyPrint": "import sys, weasyprint\n"
    "for _ in range(int(sys.argv[3])):\n"
    " weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')\n",
}


def document(language: str, common: dict[str, object] | None = None) -> Document:
    edition = supplied() if language in ("en", "fr") else edition_in(language)
    answers: Answers = clean(edition, {"common": common or {}, "values": {}}).answers
    return build(edition, answers, language=language, date=DATE)


def measured(work: Callable[[], object], runs: int = RUNS) -> tuple[float, int]:
    """Seconds of CPU each, warm, and the peak of memory in MB: in a process of its own, with its children."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        with os.fdopen(reader) as said:
            seconds, peak = said.read().split()
        os.waitpid(child, 0)
        return float(seconds), int(peak)
    work()
    before = spent()
    for _ in range(runs):
        work()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    os.write(writer, f"{(spent() - before) / runs} {peak // 1024}".encode())
    os._exit(0)


def spent() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def office(path: Path) -> Callable[[], object] | None:
    program = shutil.which("soffice")
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [str(program), profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    return (lambda: subprocess.run(command, check=True, capture_output=True, timeout=300)) if program else None


def other(python: str, name: str, source: Path) -> tuple[float, int]:
    """Warm: the time of one run more, from which the start of the program is gone."""

    def run(times: int) -> Callable[[], object]:
        command = [python, "-c", OTHERS[name], str(source), str(source.with_suffix(".out")), str(times)]
        return lambda: subprocess.run(command, check=True, capture_output=True, timeout=300)

    (one, _peak), (three, peak) = measured(run(1), 1), measured(run(3), 1)
    return (three - one) / 2, peak


def show(name: str, found: tuple[float, int]) -> None:
    print(f"  {name:26}{found[0]:8.3f} s CPU{found[1]:6} MB", flush=True)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--others", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            files(language, Path(folder), options.others)
    negotiation()


def files(language: str, folder: Path, others: str) -> None:
    text = document(language)
    print(f"\n{language}")
    show("tree", measured(lambda: document(language)))
    show("HTML", measured(lambda: html.page(text)))
    show("DOCX", measured(lambda: docx.render(text)))
    show("PDF/A-3a + PDF/UA-1", measured(lambda: pdf.render(text)))
    word, page = folder / f"{language}.docx", folder / f"{language}.html"
    word.write_bytes(docx.render(text))
    page.write_text(html.page(text))
    convert = office(word)
    if convert:
        show("LibreOffice, DOCX to PDF", measured(convert, 1))
    if others:
        show("docxtpl, the same DOCX", other(others, "docxtpl", word))
    if others and language == "en":  # it takes its time
        show("WeasyPrint, the same HTML", other(others, "WeasyPrint", page))


def negotiation() -> None:
    before, after = document("en"), document("en", {"binding": "no", "incident_critical_hours": 6})
    came_back = docx.render(after)
    print("\nnegotiation, en")
    show("redline DOCX", measured(lambda: docx_redline.render(before, after, author="A", at=AT)))
    show("returned DOCX, mapped", measured(lambda: returned.changes(before, came_back)))

    def batch() -> None:
        for number in range(BATCH):
            docx.render(document("en", {"term_years": 2 + number % 9}))

    show(f"{BATCH} agreements as DOCX", measured(batch, 1))


if __name__ == "__main__":
    main()
