from django.core.management.base import BaseCommand, CommandError

from dfs_workflow.reports.editions import faults


class Command(BaseCommand):
    help = "Counts the hashes of every edition again, from the bytes that are kept."

    def handle(self, **options: object) -> None:
        found = list(faults())
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} texts or files of editions are not what was frozen.")
        self.stdout.write("Every edition is as it was frozen.")
