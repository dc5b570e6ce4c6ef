"""What becomes of the answers to a consultation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from dfs_workflow.actions.consultations import require_manager
from dfs_workflow.comments.wording import plain
from dfs_workflow.models import Consultation, ConsultationAnswer, ConsultationRefused, Disposition

Outcome = Disposition.Outcome
DECIDED = ("outcome", "reason", "link", "by", "at")
BATCH = 500


@transaction.atomic
def dispose(
    *, by: Any, answers: Sequence[ConsultationAnswer], outcome: str, at: datetime, reason: str = "", link: str = ""
) -> None:
    """The same for each of one consultation, or for none of them; as many queries for thousands as for one."""
    require_manager(by)
    if not answers:
        raise ConsultationRefused(_("Choose the answers first."))
    consultation = Consultation.objects.select_for_update().get(pk=answers[0].consultation_id)
    if consultation.is_closed:
        raise ConsultationRefused(_("This consultation is closed."))
    if outcome not in Outcome.values:
        raise ConsultationRefused(_("Choose what becomes of it."))
    reason = plain(reason)
    if outcome != Outcome.ACCEPTED and not reason:
        raise ConsultationRefused(_("Give the reason: everybody reads it once the consultation is closed."))
    known = {row.answer_id: row for row in Disposition.objects.filter(answer__consultation=consultation)}
    rows = [known.get(answer.pk) or Disposition(answer=answer) for answer in answers]
    for row in rows:
        row.outcome, row.reason, row.link, row.by, row.at = outcome, reason, link.strip(), by, at
    try:
        rows[0].clean_fields(exclude=["by"])
    except ValidationError as error:
        raise ConsultationRefused(" ".join(error.messages)) from error
    save_dispositions(rows)


def save_dispositions(rows: Sequence[Disposition]) -> None:
    """Each with its line in the history."""
    new, changed = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
    bulk_create_with_history(new, Disposition, batch_size=BATCH)
    bulk_update_with_history(changed, Disposition, DECIDED, batch_size=BATCH)
