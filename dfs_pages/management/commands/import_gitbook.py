import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from tqdm import tqdm

from dfs_pages.importers.gitbook.load import Order, find_parent, import_gitbook
from dfs_pages.importers.gitbook.store import BookError
from dfs_workflow.models import PublicationRefused
from dfs_workflow.query import source_language


class Command(BaseCommand):
    help = "Imports a GitBook book (its Git-sync folder or a ZIP of it). Run again, it changes only what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("book", type=Path, help="the folder or ZIP file")
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")
        parser.add_argument("--parent", default="", help="address of the page it stands below, e.g. recommendations")
        parser.add_argument("--language", default="", help="language of the book, e.g. fr (that of the source)")
        parser.add_argument("--name", default="", help="name of the book, if not that of the folder or file")
        parser.add_argument("--drafts", action="store_true", help="show nothing to readers before it was reviewed")
        parser.add_argument("--report", type=Path, help="write everything that was not simply mapped to this JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            order = Order(
                options["book"],
                find_parent(options["parent"], options["language"] or source_language()),
                name=options["name"],
                as_drafts=options["drafts"],
                dry_run=options["dry_run"],
            )
            with tqdm(desc="Pages", unit="page", disable=not sys.stderr.isatty()) as bar:
                account = import_gitbook(order, progress=lambda stage, done, total: show(bar, stage, done, total))
        except (BookError, PublicationRefused, DatabaseError) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        if options["dry_run"]:
            self.stdout.write("Dry run, nothing was changed:")
        for line in account.lines(every=options["verbosity"] > 1):
            self.stdout.write(line)
        if options["report"]:
            options["report"].write_text(json.dumps(account.as_data(), ensure_ascii=False, indent=1), encoding="utf-8")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA optimize")


def show(bar: "tqdm[Any]", stage: str, done: int, total: int) -> None:
    if stage == "read":
        bar.total = total
        bar.update(done - bar.n)
    else:
        bar.set_description({"write": "Writing"}.get(stage, "Done"))
