from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from dfs_mou.documents import comparison
from dfs_mou.documents.answers import clean
from dfs_mou.documents.document import Document
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import UnknownLanguage, build
from dfs_mou.exporters import files
from dfs_mou.exporters.editions import current_edition
from dfs_mou.management.commands.generate_mou import Command as Generating
from dfs_mou.management.commands.generate_mou import without_unknown_languages, write
from dfs_workflow.documents.docx_gate import RefusedFile


class Command(Generating):
    help = "Names the clauses that differ between two files of answers, or in a Word file that came back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("before", type=Path, help="YAML file of answers, as for generate_mou")
        parser.add_argument("after", type=Path, help="another such file, or the Word file that came back")
        parser.add_argument("--language", required=True, help="for example en")
        parser.add_argument("--redline", type=Path, help="write a Word file with tracked changes here")
        parser.add_argument("--author", default="–", help="who the tracked changes are by")
        parser.add_argument("--template", default="", help="key of another template than the usual one")

    def handle(self, *args: Any, before: Path, after: Path, language: str, **options: Any) -> None:
        current = current_edition(options["template"])
        if current is None:
            raise CommandError("There is no model MOU yet: run load_mou_template first.")
        sent = self.document(before, current[1], language)
        if after.suffix.lower() == ".docx":
            found = self.returned(sent, after)
        else:
            other = self.document(after, current[1], language)
            found = comparison.changes(sent, other)
            if options["redline"]:
                write(options["redline"], files.redline(sent, other, author=options["author"], at=timezone.now()))
        for change in found:
            self.stdout.write(f"{change.kind.value} {change.key}")
            for sign, text in (("-", change.before), ("+", change.after)):
                for line in filter(None, text.split("\n")):
                    self.stdout.write(f"  {sign} {line}")
        self.stdout.write(f"{len(found)} clauses differ.")

    def document(self, path: Path, edition: Edition, language: str) -> Document:
        given, keep = self.read(path, edition)
        without_unknown_languages(given, edition, language)
        cleaned = clean(edition, given)
        if not cleaned.is_valid:
            raise CommandError(f"{path.name}: {cleaned.errors[0].name}: {cleaned.errors[0].message}")
        try:
            return build(edition, cleaned.answers, language=language, date=timezone.localdate(), keep=keep)
        except UnknownLanguage as error:
            raise CommandError(str(error)) from error

    def returned(self, sent: Document, path: Path) -> list[comparison.Change]:
        try:
            return files.returned_changes(sent, path.read_bytes())
        except (OSError, RefusedFile) as error:
            raise CommandError(f"{path.name}: {error}") from error
