import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dfs_workflow.actions import seal_history
from dfs_workflow.models import HistoryHead
from dfs_workflow.reports.history import broken_links


class Command(BaseCommand):
    help = (
        "Checks every link of the history, and the logs that are sealed in it. Prints the last link: written down "
        "elsewhere and given to --expect later, it proves that nothing before it was rewritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--expect", metavar="NUMBER:HASH", help="a link that was printed earlier")

    def handle(self, *args: Any, expect: str | None, **options: Any) -> None:
        seal_history()
        problems = list(broken_links(link(expect) if expect else None))
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            self.stdout.write(f"The history does not hold: {len(problems)} problems.")
            sys.exit(1)
        head = HistoryHead.objects.filter(pk=1).first()
        last = f"{head.number}:{head.hash}" if head else "empty"
        self.stdout.write(f"The history holds. Last link: {last}")


def link(text: str) -> tuple[int, str]:
    number, _colon, value = text.partition(":")
    if not number.isdecimal() or len(value) != 64:
        raise CommandError("--expect takes a link as it was printed: NUMBER:HASH.")
    return int(number), value
