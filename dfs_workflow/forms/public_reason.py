"""The words for readers about a change, asked for wherever a change of something live is submitted."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from dfs_workflow.forms.people import Text
from dfs_workflow.models.public_reason import LONGEST


class PublicReasonField(Text):
    """A sentence or two, in one paragraph."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            rows=2, required=False, max_length=LONGEST, label=_("What readers are told about this change"),
            help_text=_(
                "Why it was changed, in the language of the page. Shown in its history, in the feed and among the "
                "changes since an edition; what is written to reviewers is not."
            ), **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value).split())


class WithFurniture(forms.BoundField):
    """Wagtail writes fields that belong to no panel below its panels, bare."""

    def __str__(self) -> str:
        return render_to_string("dfs_workflow/admin/public_reason.html", {"field": self})


class FieldBelowPanels(PublicReasonField):
    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        return WithFurniture(form, self, field_name)


def asking(form_class: type[Any], text: str) -> type[Any]:
    """The form of an editor's screen, asking for these words too; Wagtail builds it from the fields of the model."""

    class Asking(form_class):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["public_reason"] = FieldBelowPanels(initial=text)

        def _post_clean(self) -> None:
            super()._post_clean()
            self.instance.public_reason = self.cleaned_data.get("public_reason", "")

    return Asking
