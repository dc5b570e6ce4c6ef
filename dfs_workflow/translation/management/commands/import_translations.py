from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale

from dfs_workflow.translation.importers import FileError, read_units, store_units
from dfs_workflow.translation.query.units import scope


class Command(BaseCommand):
    help = "Stores the translations of a PO or XLIFF file as drafts; says what doesn't fit any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language")
        parser.add_argument("file", type=Path)
        parser.add_argument("--user", required=True, help="user name of the translator: nobody reviews their own work")
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")

    def handle(self, *args: Any, language: str, file: Path, user: str, dry_run: bool, **options: Any) -> None:
        locale = Locale.objects.filter(language_code=language).first()
        by = get_user_model()._default_manager.filter(username=user).first()
        if locale is None or by is None:
            raise CommandError("There is no such language or user.")
        try:
            found = read_units(file.read_bytes(), language)
        except (FileError, OSError) as problem:
            raise CommandError(f"Nothing was imported. {problem}") from problem
        report = store_units(by=by, translations=scope(locale), units=found, tool=file.name[:255], dry_run=dry_run)
        for line in report.lines():
            self.stdout.write(line)
