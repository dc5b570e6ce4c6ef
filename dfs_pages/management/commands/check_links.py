from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dfs_pages.query.faults import internal_faults


class Command(BaseCommand):
    help = "Names every link between live pages that leads nowhere; fails if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(internal_faults())
        for fault in faults:
            self.stdout.write(f"{fault.page.title} ({fault.page.url_path}) leads to {fault.target}, which isn't public")
        if faults:
            raise CommandError(f"{len(faults)} links lead nowhere.")
        self.stdout.write("Every link between pages leads somewhere.")
