"""Search over many pages: generated text in six languages, the time of one question, and requests of 8 readers at once.

`python -m benchmarks.search_load 20000` on whatever database is configured, which should hold the content already.
"""

import random
import sys
import time
from collections.abc import Iterator

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from wagtail.models import Locale, Page  # noqa: E402

from benchmarks.run import calibrate  # noqa: E402
from dfs_pages.models import ChapterPage, HomePage, IndexPage, RecommendationPage, SearchEntry  # noqa: E402
from dfs_pages.search import Filters, find  # noqa: E402
from dfs_workflow.gate import system_publication  # noqa: E402
from dfs_workflow.importers.tree import create_pages  # noqa: E402

QUESTIONS = ("security", "sim swap", "biometric verification", "how to stop fraud on mobile money", "GEN-en-00042")
IN_A_CHAPTER = 50
WORDS_IN_A_STATEMENT = 120


def vocabulary(language: str) -> list[str]:
    """The words of our own texts in this language, or else of the source, as often as they are used."""
    for code in (language, "en"):
        rows = SearchEntry.objects.filter(language=code).exclude(reference__startswith="GEN-")
        texts = [f"{lead} {body}" for lead, body in rows.values_list("lead", "body")[:400]]
        if words := " ".join(texts).split():
            return words
    raise SystemExit("Load the content first.")


def recommendations(language: str, numbers: range, words: list[str]) -> Iterator[RecommendationPage]:
    chance = random.Random(f"{language}{numbers.start}")
    for number in numbers:
        text = " ".join(chance.choices(words, k=WORDS_IN_A_STATEMENT))
        title = " ".join(chance.choices(words, k=6))[:200]
        name = f"GEN-{language.upper()}-{number:05d}"
        audiences = chance.sample(["mno", "regulator", "dfs_provider"], 2)
        yield RecommendationPage(
            title=title, slug=name.lower(), reference=name, statement=text, audiences=audiences
        )  # fmt: skip


def generate(pages: int, before: int = 0) -> float:
    """Beside those that an earlier run made."""
    started = time.perf_counter()
    start_at, end_at = before // len(settings.LANGUAGES), (before + pages) // len(settings.LANGUAGES)
    for language, _name in settings.LANGUAGES:
        words = vocabulary(language)
        with transaction.atomic(), system_publication(reason="Benchmark"):
            for first in range(start_at, end_at, 1000):
                numbers = range(first, min(end_at, first + 1000))
                made = list(recommendations(language, numbers, words))
                specs = [
                    (ChapterPage(title=f"Generated {language} {first + start}", slug=f"gen-{language}-{first + start}"),
                     [(page, []) for page in made[start : start + IN_A_CHAPTER]])
                    for start in range(0, len(made), IN_A_CHAPTER)
                ]  # fmt: skip
                create_pages(place(language), specs)
    return time.perf_counter() - started


def place(language: str) -> Page:
    """The list of chapters in this language; made where there is none."""
    found = IndexPage.objects.filter(locale__language_code=language, slug="recommendations").first()
    if found:
        return found
    locale, _created = Locale.objects.get_or_create(language_code=language)
    top = IndexPage(title="Generated", slug="recommendations", locale=locale)
    home = HomePage.objects.filter(locale=locale).first()
    if home:
        return create_pages(home, [(top, [])])[0]
    home = HomePage(title="Generated", slug=f"home-{language}", locale=locale)
    return create_pages(Page.get_first_root_node(), [(home, [(top, [])])])[1]


def measure() -> None:
    print(f"{connection.vendor}: {SearchEntry.objects.count()} texts")
    for text in QUESTIONS:
        for language in ("en", "fr"):
            find(text, language)
            took = []
            for _ in range(15):
                started = time.process_time()
                results = find(text, language, Filters())
                took.append((time.process_time() - started) * 1000)
            took.sort()
            print(
                f"  {language} {text:36} {results.total:6} results  median {took[7]:6.1f} ms CPU  worst {took[-1]:6.1f}"
            )


def main() -> None:
    print(f"calibration: {calibrate():.0f} loops/s")
    if len(sys.argv) < 3:
        measure()
    if len(sys.argv) > 1:
        pages = int(sys.argv[1])
        took = generate(pages, *map(int, sys.argv[2:]))
        print(f"{pages} pages made with their index in {took:.0f} s: {pages / took:.0f} pages/s")
        # What both databases do by themselves after a while.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        measure()
    print(f"calibration: {calibrate():.0f} loops/s")


if __name__ == "__main__":
    main()
