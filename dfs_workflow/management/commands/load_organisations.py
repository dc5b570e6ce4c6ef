from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dfs_workflow.importers.organisations import SHIPPED, DirectoryError, load_organisations


class Command(BaseCommand):
    help = "Loads the directory of organisations; spares what was edited here, and changes nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED)
        parser.add_argument("--dry-run", action="store_true", help="only report what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_organisations(options["file"], dry_run=options["dry_run"])
        except DirectoryError as error:
            raise CommandError(str(error)) from error
        for line in report.lines():
            self.stdout.write(line)
