from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dfs_mou import actions


class Command(BaseCommand):
    help = "Deletes saved answers whose link has expired, for good."

    def handle(self, *args: Any, **options: Any) -> None:
        count = actions.delete_expired_agreements(by=None, at=timezone.now())
        if count:
            self.stdout.write(f"{count} saved drafts had expired and were deleted.")
