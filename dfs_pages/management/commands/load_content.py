import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from tqdm import tqdm

from dfs_pages.importers.content import FOLDER, load_content, number_of_steps
from dfs_workflow.conf import source_language
from dfs_workflow.importers.yaml_source import SourceError
from dfs_workflow.models import PublicationRefused


class Command(BaseCommand):
    help = "Loads the shipped content. Run again, it changes only what differs, and never what an editor changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")
        parser.add_argument("--languages", help="draft translations to load, for example: fr,ar (all)")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="the content files, if not the shipped ones")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = chosen_languages(options["languages"], options["folder"])
        try:
            steps = number_of_steps(options["folder"], languages)
            with tqdm(total=steps, desc="Content", unit="text", disable=not sys.stderr.isatty()) as bar:
                report = load_content(
                    folder=options["folder"], languages=languages, dry_run=options["dry_run"], advance=bar.update
                )
        except (SourceError, PublicationRefused, DatabaseError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if options["dry_run"]:
            self.stdout.write("Dry run, nothing was changed:")
        for line in report.lines():
            self.stdout.write(line)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA optimize")


def chosen_languages(asked: str | None, folder: Path) -> list[str]:
    if asked is not None:
        codes = [code.strip() for code in asked.split(",")]
        return [code for code in codes if code not in ("", source_language())]  # that of the texts is always loaded
    known = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    return sorted(path.name for path in (folder / "translations").glob("*") if path.name in known)
