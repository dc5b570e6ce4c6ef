from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dfs_pages import actions, conf
from dfs_pages.notifications import tell_of_broken_links
from dfs_pages.query.faults import internal_faults
from dfs_pages.query.other_sites import external_faults


class Command(BaseCommand):
    help = (
        "Names every link of live pages that leads nowhere, and tells editors of new ones; fails if one is broken here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--other-sites", action="store_true", help="also ask the sites of others that texts lead to"
        )

    def handle(self, *, other_sites: bool, **options: Any) -> None:
        today = timezone.localdate()
        inside = list(internal_faults())
        new = actions.keep_faults(faults=inside, is_elsewhere=False, on=today)
        outside = []
        if other_sites or conf.checks_other_sites():
            outside = list(external_faults())
            new += actions.keep_faults(faults=outside, is_elsewhere=True, on=today)
        for fault in (*inside, *outside):
            self.stdout.write(f"{fault.page.title} ({fault.page.url_path}): {fault}")
        if new:
            tell_of_broken_links(new, today)
        if inside:
            raise CommandError(f"{len(inside)} links lead nowhere.")
        self.stdout.write("Every link between pages leads somewhere.")
