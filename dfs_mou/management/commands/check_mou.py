from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dfs_mou.documents.answers import clean
from dfs_mou.documents.conditions import clauses_in, variables_needed
from dfs_mou.exporters.editions import current_edition
from dfs_mou.management.commands.generate_mou import Command as Generating
from dfs_mou.management.commands.generate_mou import without_unknown_languages


class Command(Generating):
    help = "Says what is wrong or still open in a file of answers, and which clauses it leaves out. Makes no file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", type=Path, help="YAML file of answers, as for generate_mou")
        parser.add_argument("--language", required=True, action="append", help="of the MOU; may be given several times")
        parser.add_argument("--template", default="", help="key of another template than the usual one")

    def handle(self, *args: Any, answers: Path, language: list[str], **options: Any) -> None:
        current = current_edition(options["template"])
        if current is None:
            raise CommandError("There is no model MOU yet: run load_mou_template first.")
        _row, edition = current
        given, keep = self.read(answers, edition)
        for code in language:
            without_unknown_languages(given, edition, code)
        cleaned = clean(edition, given)
        for error in cleaned.errors:
            place = f"{error.name} ({error.language})" if error.language else error.name
            self.stdout.write(f"wrong  {place}: {error.message}")
        needs = variables_needed(edition, cleaned.answers, keep, language)
        for need in needs:
            if need.is_open:
                places = " ".join(code for code in need.open_in if code)
                self.stdout.write(f"open   {need.variable.name} {places}".rstrip())
        states = clauses_in(edition, cleaned.answers, keep).values()
        for state in states:
            if not state.is_in:
                self.stdout.write(f"{state.status.value:<6} {state.key}: {state.reason.value}")
        is_open = sum(need.is_open for need in needs)
        self.stdout.write(
            f"{len(needs)} questions are needed, {is_open} are open, {len(cleaned.errors)} answers are wrong."
        )
        if cleaned.errors:
            raise CommandError(f"{answers.name}: {len(cleaned.errors)} answers are wrong.")
