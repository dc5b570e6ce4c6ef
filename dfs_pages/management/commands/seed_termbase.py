from typing import Any

from django.core.management.base import BaseCommand

from dfs_pages.importers.termbase import seed_termbase


class Command(BaseCommand):
    help = "Puts the words of the glossary, in every language, into the termbase of the translators."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Termbase: {seed_termbase()} words from the glossary")
