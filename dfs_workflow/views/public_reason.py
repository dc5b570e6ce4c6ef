"""The words for readers on the screens of the editor, of pages and of snippets."""

from typing import Any

from dfs_workflow.forms.public_reason import asking
from dfs_workflow.models import PublicReason
from dfs_workflow.models.public_reason import can_be_told


def form_for(instance: Any, form_class: type[Any]) -> type[Any]:
    """Filled with what the newest draft says; what is live has told it already."""
    if not can_be_told(instance):
        return form_class
    is_draft = instance.latest_revision_id != instance.live_revision_id
    return asking(form_class, PublicReason.of(instance.latest_revision) if is_draft else "")
