from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dfs_pages.notifications import remind_of_reviews
from dfs_pages.query.upkeep import due_reviews

MONDAY = 0


class Command(BaseCommand):
    help = "Reminds those who look after texts of the reviews that are due; on Mondays, or now with --now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", action="store_true", help="whatever day it is")

    def handle(self, *args: Any, now: bool = False, **options: Any) -> None:
        today = timezone.now().date()
        if not now and today.weekday() != MONDAY:
            return
        due = due_reviews(today)
        sent = remind_of_reviews(due, today) if due else 0
        self.stdout.write(f"{len(due)} reviews are due, {sent} reminders were sent.")
