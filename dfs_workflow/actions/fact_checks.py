"""Asking an expert without an account about the facts of one version."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState

from dfs_workflow.actions.history import record
from dfs_workflow.models import FactCheck, FactCheckTask, PeopleRefused, PublicationRefused
from dfs_workflow.notifications import duties as mails
from dfs_workflow.notifications import queue

DAYS = 14
ENDED = gettext_lazy(
    "This link does not work, or not any more: it was answered, it is too old, or the review has ended. "
    "Ask whoever wrote to you for a new one."
)


@transaction.atomic
def ask_expert(
    *, task_state: TaskState, name: str, email: str, language: str, question: str, by: Any, at: datetime
) -> FactCheck:
    instance = task_state.workflow_state.content_object
    if task_state.status != TaskState.STATUS_IN_PROGRESS or not isinstance(task_state.task.specific, FactCheckTask):
        raise PublicationRefused(_("“%(title)s” is not under review any more.") % {"title": instance})
    if not task_state.task.specific.get_actions(instance, by):
        raise PermissionDenied(_("You are not among those who decide this."))
    check = FactCheck.objects.create(
        task_state=task_state, name=name, email=email, language=language, question=question,
        asked_by=by, asked_at=at, expires_at=at + timedelta(days=DAYS),
    )  # fmt: skip
    queue.put(mails.ask_expert, check.pk)
    return check


def open_fact_check(token: str, *, at: datetime) -> FactCheck:
    """Raises `PublicationRefused` for a link that is forged, was used, or is of no use any more."""
    try:
        pk = signing.loads(token, salt=mails.FACT_CHECK_SALT, max_age=timedelta(days=DAYS))
    except signing.BadSignature as error:
        raise PeopleRefused(ENDED) from error
    check = FactCheck.objects.open(at).select_related("task_state__revision").filter(pk=pk).first()
    if check is None or check.task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise PeopleRefused(ENDED)
    return check


@transaction.atomic
def answer_fact_check(*, token: str, verdict: str, answer: str, at: datetime) -> FactCheck:
    check = open_fact_check(token, at=at)
    check = FactCheck.objects.select_for_update().get(pk=check.pk)
    if check.answered_at:
        raise PeopleRefused(ENDED)
    check.verdict, check.answer, check.answered_at = verdict, answer.strip(), at
    check.save(update_fields=["verdict", "answer", "answered_at"])
    page = check.task_state.workflow_state.content_object
    details = {"title": check.task_state.revision.object_str, "reason": check.answer}
    # Without the expert's name: they have no account, and nobody could take it out of the history again.
    record(
        action=f"fact_check.{verdict}", by=None, at=at, page=page if isinstance(page, Page) else None, details=details
    )
    queue.put(mails.tell_fact_check, check.pk)
    return check
