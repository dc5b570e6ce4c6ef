from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dfs_pages.exporters.booklets.making import FORMATS, content_of, subject_of
from dfs_pages.query import source_language


class Command(BaseCommand):
    help = (
        "Writes a booklet of what is public: of a chapter or catalogue by its path, an edition (e/2026-1) or all (/)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="as in the address: recommendations/sim-swap")
        parser.add_argument("out", type=Path, help="the file to write")
        parser.add_argument("--language", default=source_language(), choices=list(dict(settings.LANGUAGES)))
        parser.add_argument("--format", default="pdf", choices=list(FORMATS))

    def handle(self, *, path: str, out: Path, language: str, format: str, **options: object) -> None:
        subject = subject_of(path.strip("/"), language)
        if subject is None:
            raise CommandError(f"There is no public chapter, catalogue, list or edition at “{path}”.")
        content = content_of(subject, language, format)
        try:
            out.write_bytes(content.file())
        except OSError as error:
            raise CommandError(f"“{out}” can't be written: {error.strerror}.") from error
        self.stdout.write(
            f"{out}: {content.booklets[0].title}, {content.booklets[0].state}, {out.stat().st_size // 1024} KB"
        )
