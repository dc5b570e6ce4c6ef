"""A consultation that closes soon is told to those who may answer and whose organisation hasn't."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from dfs_workflow.models import Consultation, ConsultationAnswer, Membership
from dfs_workflow.notifications import consultations as mails
from dfs_workflow.notifications import queue

REMIND_BEFORE = (timedelta(days=7), timedelta(days=1))


def remind_of_consultations(*, at: datetime) -> int:
    """How many members; each moment once, also after the scheduler was down for a while."""
    today = timezone.localdate(at)
    rows = Consultation.objects.filter(closed_at=None, closes_on__range=(today, today + REMIND_BEFORE[0]))
    return sum(remind(row.pk, today) for row in rows if is_due(row, today))


def is_due(row: Consultation, today: date) -> bool:
    """One that is open for less than a week from its start has only the later moment."""
    moments = [row.closes_on - before for before in REMIND_BEFORE]
    passed = [day for day in moments if timezone.localdate(row.opened_at) < day <= today]
    return bool(passed) and (row.reminded_on is None or row.reminded_on < passed[-1])


@transaction.atomic
def remind(number: int, today: date) -> int:
    row = Consultation.objects.select_for_update().get(pk=number)
    if not is_due(row, today):
        return 0
    row.reminded_on = today
    row.save(update_fields=["reminded_on"])
    answered = ConsultationAnswer.objects.filter(consultation=row).exclude(organisation=None).values("organisation")
    members = Membership.objects.active().exclude(organisation__in=answered).filter(user__is_active=True)
    people = list(members.values_list("user_id", flat=True))
    for person in people:
        queue.put(mails.remind_of_closing, row.pk, person)
    return len(people)
