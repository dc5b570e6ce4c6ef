from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from dfs_workflow.actions import removal


class Command(BaseCommand):
    help = "Deletes all pages and snippets of these apps, so that the apps can be taken out of a site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="really delete; without it, only say what would go")

    def handle(self, *, yes: bool, **options: object) -> None:
        for name, count in removal.governed_content().items():
            self.stdout.write(f"{count:6} {name}")
        if not yes:
            self.stdout.write("Nothing was deleted. Say --yes to delete all of it, in every language, for good.")
            return
        removal.remove_everything(by=None, reason="The apps are taken out of this site.")
        self.stdout.write("Deleted.")
