"""The steps of a workflow that somebody else than the authors has to take."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from dfs_workflow.models.absence import groups_of
from dfs_workflow.models.authorship import authors
from dfs_workflow.models.fact_check import FactCheck
from dfs_workflow.models.language_group import decides_language
from dfs_workflow.models.one_person import why_not_second
from dfs_workflow.models.public_reason import PublicReason
from dfs_workflow.models.refusal import PublicationRefused, explain, notice
from dfs_workflow.models.vote import Vote

Action = tuple[str, Any, bool]  # its name, what its button says, and whether a window asks first

NOT_AMONG_THEM = _("You are not among those who decide this.")
OTHER_LANGUAGE = _("Somebody of the group of this language has to decide.")
EDITED_SINCE = _("“%(title)s” was edited after it was submitted. Ask for changes, so that it is submitted again.")
NO_ORGANISATION = _("Only who speaks for an organisation has a vote here.")
HAS_VOTED = _("You have voted for this version; the votes of other organisations are still missing.")
COUNTED = _("Your vote is counted. Organisations that agree so far: %(agree)d of %(needed)d.")
SAY_WHY = _("Say on what your legal opinion rests: approve with a comment.")
NO_ANSWER = _("No outside expert has confirmed the facts of this version yet.")


class DecidedByOthers(AbstractGroupApprovalTask):
    """Members of its groups decide, but nobody decides what they wrote; superusers are no exception."""

    days = models.PositiveSmallIntegerField(
        _("days to decide"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Those who decide are reminded at half time and three days before; then it is overdue."),
    )

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "days"]

    class Meta:
        abstract = True

    def get_template_for_action(self, action: str) -> str:
        return "dfs_workflow/admin/decide.html"

    def due_at(self, task_state: TaskState) -> datetime:
        return task_state.started_at + timedelta(days=self.days)

    def _user_in_groups(self, user: Any) -> bool:
        """Also who stands in for a member that is away."""
        return self.groups.filter(pk__in=groups_of(user)).exists()

    def get_actions(self, obj: Any, user: Any) -> list[Action]:
        actions: list[Action] = super().get_actions(obj, user)
        if why := why_not_second(user, authors(obj)):
            explain(why)
            return []
        if actions and not decides_language(user, obj):
            explain(OTHER_LANGUAGE)
            return []
        return with_words(actions) if PublicReason.of(getattr(obj, "latest_revision", None)) else actions

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Asked again here: not every caller looks at `get_actions` first."""
        instance = task_state.workflow_state.content_object
        if user is None or not super().get_actions(instance, user):
            raise PublicationRefused(NOT_AMONG_THEM)
        if why := why_not_second(user, authors(instance)):
            raise PublicationRefused(why)
        if not decides_language(user, instance):
            raise PublicationRefused(OTHER_LANGUAGE)
        if action_name == "approve" and task_state.revision_id != instance.latest_revision_id:
            raise PublicationRefused(EDITED_SINCE % {"title": instance})
        if action_name == "approve" and not self.is_decided(task_state, user, kwargs.get("comment") or ""):
            return None
        return super().on_action(task_state, user, action_name, **kwargs)

    def is_decided(self, task_state: TaskState, user: Any, comment: str) -> bool:
        """Whether this approval ends the step. Raises `PublicationRefused` where it may not be given."""
        return True


class FourEyesTask(DecidedByOthers):
    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups decide; nobody decides what they wrote themselves."))


class QuorumTask(DecidedByOthers):
    votes_needed = models.PositiveSmallIntegerField(
        _("organisations"),
        default=2,
        validators=[MinValueValidator(2), MaxValueValidator(20)],
        help_text=_("So many organisations have to agree; several people of one of them count once."),
    )

    admin_form_fields = [*DecidedByOthers.admin_form_fields, "votes_needed"]

    class Meta:
        verbose_name = _("agreement of several organisations")
        verbose_name_plural = _("agreements of several organisations")

    @classmethod
    def get_description(cls) -> str:
        return str(_("So many organisations as are asked for have to agree; one that asks for changes ends it."))

    def get_actions(self, obj: Any, user: Any) -> list[Action]:
        actions = super().get_actions(obj, user)
        task_state = obj.current_workflow_task_state
        if actions and task_state and Vote.objects.filter(task_state=task_state, user=user).exists():
            explain(HAS_VOTED)
            return [action for action in actions if action[0] != "approve"]
        return actions

    def is_decided(self, task_state: TaskState, user: Any, comment: str) -> bool:
        vote = Vote.cast(task_state=task_state, user=user, comment=comment)
        if vote is None:
            raise PublicationRefused(NO_ORGANISATION)
        agree = Vote.organisations_for(task_state)
        if agree < self.votes_needed:
            notice(COUNTED % {"agree": agree, "needed": self.votes_needed})
        return agree >= self.votes_needed


class LegalSignOffTask(DecidedByOthers):
    class Meta:
        verbose_name = _("legal sign-off")
        verbose_name_plural = _("legal sign-offs")

    @classmethod
    def get_description(cls) -> str:
        return str(_("A lawyer of the chosen groups approves and says on what the opinion rests."))

    def get_actions(self, obj: Any, user: Any) -> list[Action]:
        return [action for action in super().get_actions(obj, user) if action[0] != "approve" or action[2]]

    def is_decided(self, task_state: TaskState, user: Any, comment: str) -> bool:
        if not comment.strip():
            raise PublicationRefused(SAY_WHY)
        return True


class FactCheckTask(DecidedByOthers):
    class Meta:
        verbose_name = _("fact check by an outside expert")
        verbose_name_plural = _("fact checks by outside experts")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups ask experts without an account, and decide once one has confirmed."))

    def is_decided(self, task_state: TaskState, user: Any, comment: str) -> bool:
        if not FactCheck.objects.confirmed(task_state.revision_id).exists():
            raise PublicationRefused(NO_ANSWER)
        return True


def with_words(actions: list[Action]) -> list[Action]:
    """Who approves what readers are told reads it first: in the window that asks for a comment."""
    plain = next((action for action in actions if action[0] == "approve"), None)
    others = [action for action in actions if action[0] != "approve"]
    return [*others, (plain[0], plain[1], True)] if plain else others


OUR_TASKS: tuple[type[DecidedByOthers], ...] = (FourEyesTask, QuorumTask, LegalSignOffTask, FactCheckTask)


def open_steps() -> Iterator[tuple[TaskState, DecidedByOthers]]:
    """Every step of ours that waits, the oldest first: as many queries for three hundred as for one."""
    kinds = {task.pk: task for kind in OUR_TASKS for task in kind._default_manager.all()}
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=kinds)
    for state in states.select_related("workflow_state__requested_by", "revision").order_by("started_at", "pk"):
        yield state, kinds[state.task_id]


def has_steps_of_others() -> bool:
    """Whether anything waits in a kind of task that isn't ours, as on a site with workflows of its own."""
    kinds = ContentType.objects.get_for_models(*OUR_TASKS).values()
    return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exclude(task__content_type__in=kinds).exists()
