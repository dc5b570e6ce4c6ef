from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dfs_workflow.forms.people import Text
from dfs_workflow.models import ReaderComment
from dfs_workflow.models.country_names import countries_by_name

MOST_CHARACTERS = 3000


class CommentForm(forms.Form):
    """`kinds`: what this person may write; `countries`: codes of those their organisation speaks for."""

    kind = forms.ChoiceField(label=_("Kind of comment"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    text = Text(
        label=_("Comment"),
        max_length=MOST_CHARACTERS,
        rows=7,
        help_text=_("Plain text. An empty line makes a new paragraph."),
    )
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: list[str], countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [pair for pair in ReaderComment.Kind.choices if pair[0] in kinds]
        if len(countries) < 2:
            del self.fields["country"]
        else:
            self.fields["country"].choices = [("", _("All that we speak for")), *countries_by_name(countries)]


class EditForm(forms.Form):
    text = Text(label=_("Comment"), max_length=MOST_CHARACTERS, rows=7)


class FlagForm(forms.Form):
    reason = Text(
        label=_("What is wrong with it?"), max_length=500, rows=3, help_text=_("Only moderators read your reason.")
    )
