from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dfs_workflow.forms.people import Line as OneLine
from dfs_workflow.forms.people import Text
from dfs_workflow.models import Consultation, ConsultationAnswer, ConsultationClause, Disposition, Edition

LONGEST = 4000


class OpenForm(forms.Form):
    title = OneLine(label=_("Title"), max_length=200)
    closes_on = forms.DateField(
        label=_("Last day for answers"),
        required=False,
        help_text=_("Without it, four weeks; three for a second round."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    previous = forms.ModelChoiceField(
        Consultation.objects.exclude(closed_at=None), label=_("Second round of"), required=False
    )
    edition = forms.ModelChoiceField(
        Edition.objects.filter(frozen_at=None), label=_("Prepares the edition"), required=False
    )


class AnswerForm(forms.Form):
    """One line of the form of committees."""

    member = OneLine(label=_("Member"), max_length=120)
    clause = forms.ModelChoiceField(
        ConsultationClause.objects.none(), label=_("Clause"), required=False, empty_label=_("The whole")
    )
    kind = forms.ChoiceField(label=_("Type"), choices=ConsultationAnswer.Kind.choices)
    comment = Text(label=_("Comment"), max_length=LONGEST, rows=4)
    change = Text(label=_("Proposed change"), max_length=LONGEST, rows=3, required=False)

    def __init__(self, *args: Any, clauses: Any, for_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].queryset = clauses
        if not for_others:
            del self.fields["member"]


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Filled-in form (.docx or .xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx"})
    )


class PlaceAnswerForm(forms.Form):
    clause = forms.ModelChoiceField(
        ConsultationClause.objects.none(), label=_("Clause"), required=False, empty_label=_("The whole")
    )

    def __init__(self, *args: Any, clauses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].queryset = clauses


class DispositionForm(forms.ModelForm):
    class Meta:
        model = Disposition
        fields = ["outcome", "reason", "link"]
