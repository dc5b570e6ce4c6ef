import re
import zipfile
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

LARGEST_UPLOAD = 50_000_000
# An address, or a number that could be somebody's telephone or account.
PERSONAL = re.compile(r"@|(?:\d[\s().-]*){7}")


class OpinionForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Was this page helpful?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Without names, addresses or numbers of anybody: nobody can answer you here."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if PERSONAL.search(reason):
            raise forms.ValidationError(_("Leave out addresses and telephone or account numbers."))
        return reason


class RewordForm(forms.Form):
    """The words of one statement among others of its chapter, and the version they were read from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, page: Any, data: Any = None, *, is_locked: bool = False) -> None:
        self.page = page
        super().__init__(data, prefix=str(page.pk), initial={"version": page.latest_revision_id})
        field = type(page)._meta.get_field("statement")
        self.fields["statement"] = field.formfield(
            label=page.get_admin_display_title(), help_text="", widget=AdminAutoHeightTextInput, disabled=is_locked
        )
        self.initial["statement"] = page.statement if is_locked else self.words_read()

    def words_read(self) -> str:
        """What the writer had before their eyes, which need not be the newest any more."""
        version = str(self["version"].data if self.is_bound else self.page.latest_revision_id)
        is_older = version != str(self.page.latest_revision_id) and version.isdecimal() and len(version) < 19
        read = self.page.revisions.filter(pk=version).first() if is_older else None
        return str(read.as_object().statement if read else self.page.statement)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_reworded() and cleaned.get("version") != self.page.latest_revision_id:
            self.add_error("statement", _("Somebody else saved this meanwhile. Open it alone to see their version."))
        return cleaned

    def is_reworded(self) -> bool:
        return "statement" in self.changed_data


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Page) -> str:
        """Short enough for a list that the form has room for."""
        return Truncator(obj.title).chars(60)


class BookForm(forms.Form):
    """An upload of a GitBook book."""

    file = forms.FileField(
        label=gettext_lazy("ZIP file of the book"),
        help_text=gettext_lazy("The folder that GitBook writes to Git, as a ZIP; also as GitHub gives it."),
    )
    parent = PlaceField(Page.objects.none(), label=gettext_lazy("Where it stands"))
    dry_run = forms.BooleanField(label=gettext_lazy("Report only, change nothing"), required=False)

    def __init__(self, *args: Any, parents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file may have 50 MB at most."))
        if not zipfile.is_zipfile(file):
            raise forms.ValidationError(_("This is not a ZIP file."))
        file.seek(0)
        return file
