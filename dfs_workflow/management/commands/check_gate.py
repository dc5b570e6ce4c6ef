import sys
from typing import Any

from django.core.management.base import BaseCommand

from dfs_workflow.reports import findings


class Command(BaseCommand):
    help = (
        "Compares everything live with what was decided, and finds what leaves no signal: bulk updates, restored "
        "fixtures, direct writes to rows. Exit code 1 when something differs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(findings())
        for finding in found:
            self.stdout.write(f"{finding.label} {finding.pk} “{finding.title}”: {finding.problem}")
        if found:
            self.stdout.write(f"{len(found)} live objects differ from what was decided.")
            sys.exit(1)
        self.stdout.write("Everything live is exactly what was decided.")
