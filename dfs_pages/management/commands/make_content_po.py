from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from dfs_pages.importers.content import FOLDER
from dfs_pages.importers.source import read_content
from dfs_pages.importers.translation_po import SourceTexts, complete_po
from dfs_workflow.importers.yaml_source import SourceError


class Command(BaseCommand):
    help = "For developers: makes or completes the PO files of the shipped content in a language; changes no entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", help="for example fr")
        parser.add_argument("--file", help="one content file only, for example ss7")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="the content files, if not the shipped ones")

    def handle(self, *args: Any, language: str, folder: Path, **options: Any) -> None:
        if language not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
            raise CommandError(f"“{language}” is not one of the languages of this site.")
        try:
            texts = SourceTexts(read_content(folder))
            if options["file"] not in (None, *texts.objects):
                raise CommandError(
                    f"There is no content file “{options['file']}”; there is: {', '.join(texts.objects)}."
                )
            for stem in [options["file"]] if options["file"] else texts.objects:
                added = complete_po(folder / "translations" / language / f"{stem}.po", language, stem, texts)
                self.stdout.write(f"{stem}.po: added {added}." if added else f"{stem}.po: nothing is missing.")
        except SourceError as error:
            raise CommandError(str(error)) from error
        except (OperationalError, ProgrammingError) as error:
            raise CommandError("The database has no tables yet: run migrate first.") from error
