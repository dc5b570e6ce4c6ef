import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dfs_pages.exporters.oscal import find_catalogue, not_kept, oscal_catalog
from dfs_pages.exporters.oscal_mappings import mapping_collection
from dfs_workflow.query import source_language

MAPPINGS = "mappings"


class Command(BaseCommand):
    help = "Writes a public catalogue, or all mappings, as OSCAL 1.2, and names what OSCAL has no place for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("catalogue", help="last part of its address, e.g. assurance-framework; or: mappings")
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", default="", help="that of the source if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"] or source_language()
        if options["catalogue"] == MAPPINGS:
            self.write(options["file"], mapping_collection(language=language))
            return
        page = find_catalogue(options["catalogue"], language)
        if page is None:
            raise CommandError(f"Nothing was exported. There is no public catalogue “{options['catalogue']}”.")
        data = oscal_catalog(page, base=settings.WAGTAILADMIN_BASE_URL)
        self.write(options["file"], data)
        for line in not_kept(page):
            self.stdout.write(f"not in the file: {line}")

    @staticmethod
    def write(file: Path, data: dict[str, Any]) -> None:
        file.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
