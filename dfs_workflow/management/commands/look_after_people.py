from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dfs_workflow import actions


class Command(BaseCommand):
    help = "Asks for the yearly confirmation of memberships, ends what nobody confirmed, forgets what is due."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        reminded, ended = actions.review_memberships(at=now)
        self.stdout.write(f"Memberships: {reminded} reminders, {ended} ended.")
        counts = actions.apply_retention(at=now)
        self.stdout.write("Forgotten: " + ", ".join(f"{count} {what}" for what, count in counts.items()) + ".")
