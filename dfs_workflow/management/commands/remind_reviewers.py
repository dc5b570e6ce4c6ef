from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dfs_workflow import actions


class Command(BaseCommand):
    help = "Reminds those who decide of open reviews, and reports emergency publications once a week."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        reminders, told = actions.remind_reviewers(at=now), actions.report_overrides(at=now)
        self.stdout.write(f"{reminders} reminders; {told} emergency publications reported.")
