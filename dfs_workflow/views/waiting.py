"""Wagtail's own list of what waits, with its buttons to decide, cut to the oldest: each row costs ten questions."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Page, Revision, TaskState

from dfs_workflow.models.task import has_steps_of_others

SHOWN = 20
ADDRESSES = {
    "workflow_action_url_name": "workflow_action",
    "workflow_preview_url_name": "workflow_preview",
    "revisions_compare_url_name": "revisions_compare",
}


class OldestToModeratePanel(WorkflowObjectsToModeratePanel):
    template_name = "dfs_workflow/admin/awaiting.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        rows = TaskState.objects.reviewable_by(request.user).order_by("started_at", "pk")
        rows = rows.select_related("revision__user", "workflow_state__workflow", "task")
        rows = rows.prefetch_related("revision__content_object__latest_revision")
        rows = rows.annotate(previous_revision_id=Revision.objects.previous_revision_id_subquery())
        states = [shown(row, request.user) for row in rows[:SHOWN] if row.revision.content_object]
        return {"states": states, "request": request, "csrf_token": parent_context["csrf_token"]}


def shown(state: Any, user: Any) -> dict[str, Any]:
    instance, task = state.revision.content_object, state.task.specific
    return {
        "obj": instance,
        "revision": state.revision,
        "previous_revision_id": state.previous_revision_id,
        "live_revision_id": instance.live_revision_id,
        "task_state": state,
        "actions": task.get_actions(instance, user),
        "due_at": task.due_at(state),
        **addresses(instance),
    }


def addresses(instance: Any) -> dict[str, str | None]:
    viewset = None if isinstance(instance, Page) else instance.snippet_viewset
    found: dict[str, str | None] = {
        key: viewset.get_url_name(name) if viewset else f"wagtailadmin_pages:{name}" for key, name in ADDRESSES.items()
    }
    return found if getattr(instance, "is_previewable", False) else {**found, "workflow_preview_url_name": None}


def cut_list(request: HttpRequest, panels: list[Any]) -> None:
    """Not where tasks of the site's own wait: its list stays as it was."""
    if not has_steps_of_others():
        panels[:] = [cut(panel) for panel in panels]


def cut(panel: Any) -> Any:
    return OldestToModeratePanel() if type(panel) is WorkflowObjectsToModeratePanel else panel
