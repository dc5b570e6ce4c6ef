"""States of 300 pages × 6 languages × 40 sentences, their listings and files, and how each grows at ten times that.

    python benchmarks/translation.py [--pages 300] [--growth]
    DATABASE_URL=postgres://postgres@127.0.0.1/empty python benchmarks/translation.py [--growth]

Each time stands beside that of fetching as many plain rows, both the least of several rounds that alternate. Times are
of the processor, that of PostgreSQL included where it runs on the same machine, so that others who work there hardly
count.
"""

import argparse
import gc
import os
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ["fr", "es", "ar", "zh-hans", "ru", "pt"]
SENTENCES = 40


def set_up() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    folder = tempfile.mkdtemp()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dfs_site.settings.test")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.db import connection

    if connection.vendor == "postgresql":  # the time of its helpers could not be counted
        connection.cursor().execute("SET max_parallel_workers_per_gather = 0")


def fill(numbers: range) -> None:
    """Rows as wagtail-localize would have made them; half of the sentences translated, a tenth of those approved."""
    from django.db import connection
    from wagtail.models import Locale

    english = Locale.objects.get_or_create(language_code="en")[0]
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES]
    for start in range(0, len(numbers), 100):
        sources = make_sources(numbers[start : start + 100], english, locales)
        translate(make_sentences(sources, english), locales)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_sources(numbers: range, english, locales) -> list:
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page
    from wagtail_localize.models import TranslatableObject, Translation, TranslationSource

    kind, root = ContentType.objects.get_for_model(Page), Page.get_first_root_node()
    same = {"depth": 2, "content_type": kind, "locale": english}
    rows = Page.objects.bulk_create(
        Page(
            title=f"Page {n}", draft_title=f"Page {n}", slug=f"bench-{n}", url_path=f"/bench-{n}/",
            path=root.path + Page._int2str(n + 500).rjust(4, "0"), translation_key=uuid.uuid4(), **same,
        )
        for n in numbers
    )  # fmt: skip
    objects = TranslatableObject.objects.bulk_create(
        TranslatableObject(translation_key=row.translation_key, content_type=kind) for row in rows
    )
    same = {"specific_content_type": kind, "locale": english, "content_json": "{}", "schema_version": ""}
    sources = TranslationSource.objects.bulk_create(
        TranslationSource(object=each, object_repr=row.title, last_updated_at=timezone.now(), **same)
        for each, row in zip(objects, rows, strict=True)
    )
    Translation.objects.bulk_create(
        Translation(source=source, target_locale=locale) for source in sources for locale in locales
    )
    return sources


def make_sentences(sources: list, english) -> list:
    """Places and their texts."""
    from wagtail_localize.models import String, StringSegment, TranslationContext

    contexts, strings = [], []
    for source in sources:
        for n in range(SENTENCES):
            path, text = f"body.{n}", f"The operator shall keep log {n} of page {source.pk} for {n} months."
            hashed = TranslationContext._get_path_id(path)
            contexts.append(TranslationContext(object_id=source.object_id, path=path, path_id=hashed))
            strings.append(String(locale=english, data=text, data_hash=String._get_data_hash(text)))
    contexts = TranslationContext.objects.bulk_create(contexts, batch_size=500)
    strings = String.objects.bulk_create(strings, batch_size=500)
    pairs = list(zip(contexts, strings, strict=True))
    rows = [
        StringSegment(source=sources[i // SENTENCES], context=context, string=string, order=i % SENTENCES)
        for i, (context, string) in enumerate(pairs)
    ]
    StringSegment.objects.bulk_create(rows, batch_size=500)
    return pairs


def translate(pairs: list, locales: list) -> None:
    from django.utils import timezone
    from wagtail_localize.models import StringTranslation

    from dfs_workflow.translation.models import Approval

    made = StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                translation_of=string, context=context, locale=locale,
                translation_type="manual" if i % 4 else "machine",
                data=string.data.replace("The operator shall", "X"),
            )
            for i, (context, string) in enumerate(pairs)
            for locale in locales
            if i % 2
        ),
        batch_size=500,
    )  # fmt: skip
    approvals = [Approval(translation=row, text=row.data, at=timezone.now(), by_name="x") for row in made[::10]]
    Approval.objects.bulk_create(approvals, batch_size=500)


def processor_time() -> float:
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        spent += server_time(f"/proc/{server_process()}")
    return spent


def server_time(process: str) -> float:
    """In nanoseconds where the system counts them, else in hundredths of a second; nothing on another machine."""
    if os.path.exists(f"{process}/schedstat"):
        return int(Path(f"{process}/schedstat").read_text().split()[0]) / 1e9
    if not os.path.exists(f"{process}/stat"):
        return 0
    fields = Path(f"{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def server_process() -> int:
    from django.db import connection

    connection.ensure_connection()
    return connection.connection.info.backend_pid


@dataclass(frozen=True)
class Time:
    """Of one segment; `ratio`: to fetching as many plain rows in the same minutes."""

    segment: float
    ratio: float


def timed(name: str, run, rows: int, *, rounds: int = 5) -> Time:
    """The least of several rounds, that alternate with plain rows, so that both meet the same machine."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from wagtail_localize.models import StringSegment

    best = plain = float("inf")
    for _round in range(rounds):
        plain = min(plain, spent(plain_rows))
        with CaptureQueriesContext(connection) as captured:
            best = min(best, spent(run))
    plain *= rows / (StringSegment.objects.count() * len(LANGUAGES))
    print(
        f"{name:45} {best * 1000:9.0f} ms {best / rows * 1e6:8.1f} µs/segment {len(captured):4} queries, "
        f"{best / plain:.2f} × as many plain rows",
        flush=True,
    )
    return Time(best / rows, best / plain)


def spent(run) -> float:
    gc.collect()
    start = processor_time()
    run()
    return processor_time() - start


def plain_rows() -> None:
    """As many as there are segments in all languages."""
    from wagtail_localize.models import StringSegment

    for _code in LANGUAGES:
        list(StringSegment.objects.values_list("pk", "string__data", "context__path"))


def measure(pages: int) -> dict[str, Time]:
    from wagtail.models import Locale
    from wagtail_localize.models import StringTranslation, Translation

    from benchmarks.run import calibrate
    from dfs_workflow.translation import query

    segments = pages * SENTENCES * len(LANGUAGES)
    print(f"\n{pages} pages, {segments} segments; calibration: {calibrate():.0f} loops/s", flush=True)
    locale = Locale.objects.get(language_code="fr")
    french = Translation.objects.filter(target_locale=locale)
    first = Translation.objects.select_related("source__locale", "target_locale").first()
    found = {
        "plain rows": timed("as many plain rows", plain_rows, segments),
        "dashboard": timed("dashboard, chapter × language", query.chapters, segments),
        "figures": timed("figures of the site", lambda: list(query.figures(Translation.objects.all())), segments),
        "summary": timed("public summary", lambda: query.languages(Locale.objects.all()), segments),
        "next": timed("next sentence", lambda: query.next_segment(french), segments // len(LANGUAGES)),
        "page": timed("sentences of one page", lambda: query.segments(first), SENTENCES),
        "publishing": timed("publishing 40 sentences, 3 changed", Publishing(pages).run, SENTENCES),
        "PO": timed("PO round trip of the whole site", po_round_trip, segments, rounds=2),
    }
    assert StringTranslation.objects.count() == segments // 2
    return found


def po_round_trip() -> None:
    from wagtail.models import Locale

    from dfs_workflow.translation.exporters import write_po
    from dfs_workflow.translation.importers import read_units, store_units
    from dfs_workflow.translation.query.units import scope, units

    for locale in Locale.objects.filter(language_code__in=LANGUAGES):
        content = write_po(units(scope(locale)), "en", locale.language_code)
        found = read_units(content, locale.language_code)
        report = store_units(by=None, translations=scope(locale), units=found, tool="bench")
        assert not report.left_out and not report.changed, report


class Publishing:
    """A source page with 40 sentences and five translations, three of the sentences changed each time."""

    def __init__(self, pages: int) -> None:
        from wagtail.models import Locale, Page
        from wagtail_localize.models import Translation, TranslationSource

        from dfs_workflow.gate import system_publication
        from dfs_workflow.importers.tree import create_pages
        from tests.testapp.models import GovernedPage

        body = [{"type": "word", "id": str(uuid.uuid4()), "value": f"Sentence {n}"} for n in range(SENTENCES)]
        self.number = 0
        with system_publication(reason="Benchmark"):
            english = Locale.objects.get(language_code="en")
            page = GovernedPage(title="Long", slug=f"long-{pages}", locale=english, body=body)
            ((self.page),) = create_pages(Page.get_first_root_node(), [(page, [])])
            source, _created = TranslationSource.update_or_create_from_instance(page)
            for code in LANGUAGES[:5]:
                Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code=code))

    def run(self) -> None:
        from dfs_workflow.gate import system_publication
        from tests.testapp.models import GovernedPage

        fresh = GovernedPage.objects.get(pk=self.page.pk)
        self.number += 1
        for block in list(fresh.body)[:3]:
            block.value = f"Changed {self.number} {block.id}"
        with system_publication(reason="Benchmark"):
            fresh.save_revision().publish()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--growth", action="store_true", help="also at ten times the size")
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    set_up()
    fill(range(options.pages))
    small = measure(options.pages)
    if options.growth:
        clear()
        fill(range(10_000, 10_000 + options.pages * 10))
        large = measure(options.pages * 10)
        for name in small:
            print(
                f"growth of the time per segment, {name}: × {large[name].segment / small[name].segment:.2f}, "
                f"beside plain rows × {large[name].ratio / small[name].ratio:.2f}"
            )


def clear() -> None:
    from wagtail.models import Page
    from wagtail_localize import models

    from dfs_workflow.translation.models import Approval, SourceChange

    rows = (models.StringTranslation, models.StringSegment, models.TranslationContext, models.Translation)
    for model in (Approval, SourceChange, *rows, models.TranslationSource, models.TranslatableObject, models.String):
        model.objects.all()._raw_delete("default")
    Page.objects.filter(slug__startswith="bench-")._raw_delete("default")


if __name__ == "__main__":
    main()
