from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from dfs_mou import actions, conf, notifications
from dfs_mou.models import Conclusion
from dfs_workflow.notifications import queue

DATES = {"review": "review_on", "notice": "notice_by", "expiry": "expires_on"}


class Command(BaseCommand):
    help = "Reminds the parties of concluded MOUs of reviews, notices and ends that come near, once for each date."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        passed = Q()
        near = Q()
        for field in DATES.values():
            passed |= Q(**{f"{field}__lt": today})
            near |= Q(**{f"{field}__lte": today + conf.remind_before(), f"{field}__gte": today})
        for pk in list(Conclusion.objects.filter(passed).values_list("pk", flat=True)):
            actions.plan_again(by=None, conclusion=pk, today=today, at=timezone.now())
        rows = Conclusion.objects.filter(near).prefetch_related("agreement__parties")
        count = sum(remind(row, today) for row in rows)
        if count:
            self.stdout.write(f"{count} reminders of concluded MOUs were sent.")


def remind(row: Conclusion, today: date) -> int:
    parties = [party for party in row.agreement.parties.all() if party.reminder_email]
    count = 0
    for what, field in DATES.items():
        day = getattr(row, field)
        if not parties or day is None or not today <= day <= today + conf.remind_before():
            continue
        if actions.note_reminded(by=None, conclusion=row.pk, what=f"{what}:{day}"):
            for party in parties:
                queue.put(notifications.remind, party.pk, what, day.isoformat())
                count += 1
    return count
