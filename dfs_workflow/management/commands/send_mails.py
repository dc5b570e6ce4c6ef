from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dfs_workflow.models import OutgoingMail
from dfs_workflow.notifications import post, queue


class Command(BaseCommand):
    help = "Puts mails that are due again into the queue, and reports those that a dying worker left in doubt."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        lost = post.report_interrupted(now)
        if OutgoingMail.objects.due(now).exists():
            queue.put(post.deliver)
        if lost:
            self.stdout.write(f"{lost} mails may or may not have been sent.")
