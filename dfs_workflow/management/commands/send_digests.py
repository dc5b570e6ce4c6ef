from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dfs_workflow.notifications.rounds import put_rounds


class Command(BaseCommand):
    help = "Puts the digests that are due into the queue: run it every quarter of an hour; each round is made once."

    def handle(self, *args: Any, **options: Any) -> None:
        if count := put_rounds(timezone.now()):
            self.stdout.write(f"{count} rounds of digests were put into the queue.")
