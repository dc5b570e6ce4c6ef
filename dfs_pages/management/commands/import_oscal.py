from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from dfs_pages.importers.oscal.load import catalogue_parent, import_oscal
from dfs_pages.importers.oscal.mappings import import_mappings
from dfs_pages.importers.oscal.source import read
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.yaml_source import SourceError
from dfs_workflow.models import PublicationRefused
from dfs_workflow.query import source_language


class Command(BaseCommand):
    help = "Imports an OSCAL catalog or mapping collection (JSON or YAML). Run again, it changes only what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--prefix", default="", help="first part of references, e.g. NIST")
        parser.add_argument("--slug", default="", help="last part of the catalogue's address")
        parser.add_argument("--parent", default="", help="slug of the list it stands in (controls)")
        named = {"action": "append", "default": [], "metavar": "ADDRESS=NAME"}
        parser.add_argument("--framework", **named, help="in mappings: which known framework an address of the file is")
        parser.add_argument("--own", **named, help="in mappings: the prefix of references here for such an address")
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self.take_in(options)
        except ValidationError as error:
            raise CommandError(f"Nothing was imported. {error.messages[0]}") from error
        except (SourceError, PublicationRefused, DatabaseError) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        if options["dry_run"]:
            self.stdout.write("Dry run, nothing was changed:")
        for line in report.lines():
            self.stdout.write(line)

    def take_in(self, options: dict[str, Any]) -> Report:
        if "mapping-collection" in read(options["file"]):
            return import_mappings(
                options["file"],
                frameworks=pairs(options["framework"]),
                own=pairs(options["own"]),
                dry_run=options["dry_run"],
            )
        return import_oscal(
            options["file"],
            parent=catalogue_parent(options["parent"], source_language()),
            prefix=options["prefix"],
            slug=options["slug"],
            dry_run=options["dry_run"],
        )


def pairs(texts: list[str]) -> dict[str, str]:
    """The name stands after the last sign, as an address may hold one."""
    return {address: name for address, _sign, name in (text.rpartition("=") for text in texts)}
