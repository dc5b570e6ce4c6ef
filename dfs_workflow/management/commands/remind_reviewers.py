from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dfs_workflow import actions


class Command(BaseCommand):
    help = "Reminds of open reviews and of consultations that close soon, and reports emergency publications weekly."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        reminders, told = actions.remind_reviewers(at=now), actions.report_overrides(at=now)
        self.stdout.write(f"{reminders} reminders; {told} emergency publications reported.")
        asked = actions.remind_of_consultations(at=now)
        self.stdout.write(f"{asked} members asked about consultations that close soon.")
