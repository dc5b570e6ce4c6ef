"""A vote for one version, in a step that several organisations have to agree to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from dfs_workflow.models.membership import Membership, name_of
from dfs_workflow.models.one_person import why_not_in_its_name
from dfs_workflow.models.organisation import Organisation
from dfs_workflow.models.refusal import PublicationRefused

VOTED = "dfs_workflow.vote"
WOULD_BE_VOID = _(
    "Organisations have voted for this version: %(organisations)s. If you save a change, their votes don't count any "
    "more: it has to be submitted anew, and they are asked again."
)
VOID = _(
    "The votes of these organisations don't count any more, as they were for the version before: %(organisations)s. "
    "They are told. Ask for changes, so that it is submitted again."
)


def named(votes: Iterable[Vote]) -> str:
    return gettext(", ").join(dict.fromkeys(str(vote.organisation) for vote in votes))


class Vote(models.Model):
    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="dfs_votes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(_("name"), max_length=255)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["task_state", "user"], name="dfs_vote_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"

    @classmethod
    def cast(cls, *, task_state: TaskState, user: Any, comment: str) -> Vote | None:
        """None for somebody who speaks for no organisation. A second vote of one person changes nothing."""
        membership = Membership.objects.active().filter(user=user).select_related("organisation").first()
        if membership is None:
            return None
        if why := why_not_in_its_name(membership):
            raise PublicationRefused(why)
        said = {"organisation": membership.organisation, "name": name_of(user)[:255], "comment": comment}
        vote, is_new = cls.objects.get_or_create(task_state=task_state, user=user, defaults=said)
        if is_new:  # the log of approvals names only who ended the step
            instance = task_state.workflow_state.content_object
            data = {"comment": comment, "organisation": str(membership.organisation)}
            log(instance, VOTED, user=user, revision=task_state.revision, data=data)
        return vote

    @classmethod
    def running(cls, instance: Any) -> list[Vote]:
        """Those for the newest version, while it is under review."""
        rows = cls.objects.filter(
            task_state__status=TaskState.STATUS_IN_PROGRESS, task_state__revision=instance.latest_revision_id
        )
        return list(rows.select_related("organisation"))

    @classmethod
    def organisations_for(cls, task_state: TaskState) -> int:
        """How many agree; an edited version begins anew, as it is another step."""
        return cls.objects.filter(task_state=task_state).values("organisation").distinct().count()
