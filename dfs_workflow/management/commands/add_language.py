from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dfs_workflow import actions


class Command(BaseCommand):
    help = "Adds a language of the settings, or catches up with it: all texts are offered to its translators as work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", help="its code in LANGUAGES, for example: pt")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        try:
            offered = actions.add_language(code=language)
        except actions.UnknownLanguage as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{offered} texts are offered to translators into “{language}”; readers see none of it yet.")
