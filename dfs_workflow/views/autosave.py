"""What readers or reviewers see is saved when its editor says so: Wagtail would save a draft half a second later.

That draft would be "the newest version" already when the same words are saved as a proposal, and a single letter would
end a running vote.
"""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.views.pages.edit import EditView as PageView
from wagtail.snippets.views.snippets import EditView as SnippetView

from dfs_workflow.views.public_reason import form_for


class SavedWhenTold:
    """In front of either of Wagtail's views."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = getattr(self, "page", None) or self.object  # type: ignore[attr-defined]
        if row.live or row.current_workflow_state:
            self.autosave_enabled = False
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return found


class EditPageView(SavedWhenTold, PageView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.form_class = form_for(self.page, self.form_class)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.form_class = form_for(self.page, self.form_class)
        return super().post(request, *args, **kwargs)


ONLY_DECIDED = {"workflow-action", "cancel-workflow", "restart-workflow"}


class EditSnippetView(SavedWhenTold, SnippetView):
    def get_form_class(self) -> Any:
        return form_for(self.object, super().get_form_class())

    def save_instance(self) -> Any:
        """Wagtail makes a version of every form; who only decides would be its author, and could decide no more."""
        if self.action in ONLY_DECIDED and not self.form.has_changed():
            return self.object
        return super().save_instance()
