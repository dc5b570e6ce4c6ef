from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dfs_workflow.models import MailChoice


class MailChoiceForm(forms.Form):
    """`chapters`: key and title of those that this person may read."""

    language = forms.ChoiceField(
        label=_("Language of my mails"),
        help_text=_("Whoever edits reads the admin in it too."),
        choices=settings.LANGUAGES,
    )
    pace = forms.ChoiceField(
        label=_("News of the platform"),
        help_text=_("What was published and withdrawn, proposals, comments and consultations, as far as you see them."),
        choices=MailChoice.Pace.choices,
        widget=forms.RadioSelect,
    )
    tells_at_once = forms.BooleanField(
        label=_("Tell me at once what waits for me"),
        help_text=_("Reviews, answers to my comments, decisions about my proposals. It also stands on the pages."),
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("News in these languages"),
        help_text=_("Choose none to hear of all."),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    chapters = forms.MultipleChoiceField(
        label=_("News about these chapters"),
        help_text=_("Choose none to hear of all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, chapters: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if chapters:
            self.fields["chapters"].choices = chapters
        else:
            del self.fields["chapters"]
