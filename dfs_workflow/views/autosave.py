"""What readers or reviewers see is saved when its editor says so: Wagtail would save a draft half a second later.

That draft would be "the newest version" already when the same words are saved as a proposal, and a single letter would
end a running vote.
"""

from typing import Any

from wagtail.admin.views.pages.edit import EditView as PageView
from wagtail.snippets.views.snippets import EditView as SnippetView


class SavedWhenTold:
    """In front of either of Wagtail's views."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = getattr(self, "page", None) or self.object  # type: ignore[attr-defined]
        if row.live or row.current_workflow_state:
            self.autosave_enabled = False
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return found


class EditPageView(SavedWhenTold, PageView):
    pass


class EditSnippetView(SavedWhenTold, SnippetView):
    pass
