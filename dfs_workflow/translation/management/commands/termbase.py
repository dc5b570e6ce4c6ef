from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dfs_workflow.translation.exporters.termbase import EDITIONS, write_csv, write_tbx
from dfs_workflow.translation.importers import FileError
from dfs_workflow.translation.importers.termbase import read_terms, store_terms


class Command(BaseCommand):
    help = "Writes the termbase into a file (.csv or .tbx), or takes one in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["export", "import"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", choices=EDITIONS, default="2019", help="of TBX, for tools that know the older")

    def handle(self, *args: Any, what: str, file: Path, edition: str, **options: Any) -> None:
        if what == "export":
            is_csv = file.suffix == ".csv"
            file.write_bytes(write_csv() if is_csv else write_tbx(settings.LANGUAGE_CODE, EDITIONS[edition]))
            self.stdout.write(f"Written: {file}")
            return
        try:
            count = store_terms(read_terms(file.read_bytes()))
        except (FileError, OSError) as problem:
            raise CommandError(f"Nothing was imported. {problem}") from problem
        self.stdout.write(f"{count} terms")
