"""The step of a workflow that somebody else than the authors has to take."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from dfs_workflow.models.authorship import authors
from dfs_workflow.models.language_group import decides_language
from dfs_workflow.models.refusal import PublicationRefused, explain

OWN_WORK = _("You wrote part of this version; somebody else has to decide.")
OTHER_LANGUAGE = _("Somebody of the group of this language has to decide.")
EDITED_SINCE = _("“%(title)s” was edited after it was submitted. Ask for changes, so that it is submitted again.")


class FourEyesTask(AbstractGroupApprovalTask):
    """Members of its groups decide, but nobody decides what they wrote; superusers are no exception."""

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups decide; nobody decides what they wrote themselves."))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if user.pk in authors(obj):
            explain(OWN_WORK)
            return []
        if actions and not decides_language(user, obj):
            explain(OTHER_LANGUAGE)
            return []
        return actions

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Asked again here: not every caller looks at `get_actions` first."""
        instance = task_state.workflow_state.content_object
        if user is None or not super().get_actions(instance, user):
            raise PublicationRefused(_("You are not among those who decide this."))
        if user.pk in authors(instance):
            raise PublicationRefused(OWN_WORK)
        if not decides_language(user, instance):
            raise PublicationRefused(OTHER_LANGUAGE)
        if action_name == "approve" and task_state.revision_id != instance.latest_revision_id:
            raise PublicationRefused(EDITED_SINCE % {"title": instance})
        return super().on_action(task_state, user, action_name, **kwargs)
