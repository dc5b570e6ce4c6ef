"""Addresses from which mails came back."""

from datetime import datetime

from django.db import transaction

from dfs_workflow import conf
from dfs_workflow.models import MailAddress, OutgoingMail


@transaction.atomic
def record(mail: OutgoingMail, error: str, *, at: datetime) -> bool:
    """Once for each mail; after several of them the address is left in peace. False where it was recorded before."""
    rows = OutgoingMail.objects.filter(pk=mail.pk).exclude(state=OutgoingMail.State.BOUNCED)
    if not rows.update(state=OutgoingMail.State.BOUNCED, error=error[:300], subject="", body="", headers={}):
        return False
    address, _created = MailAddress.objects.select_for_update().get_or_create(
        address=mail.address.lower(), defaults={"last_at": at}
    )
    address.hard_bounces, address.error, address.last_at = address.hard_bounces + 1, error[:300], at
    if address.hard_bounces >= conf.most_bounces() and address.paused_at is None:
        address.paused_at = at
    address.save()
    return True


def resume(address: str) -> None:
    """By the person whose address it is: counted from the beginning again."""
    MailAddress.objects.filter(address=address.lower()).delete()
