from typing import Any

from django import forms
from django.db.models import Q
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


class AnswerFilter(forms.Form):
    """Which lines of the table are shown; it stands in the address."""

    WHOLE, UNMATCHED, UNDECIDED = "whole", "unmatched", "undecided"

    decided = forms.ChoiceField(label=_("Disposition"), required=False)
    clause = forms.ChoiceField(label=_("Clause"), required=False)
    kind = forms.ChoiceField(label=_("Type"), required=False)
    member = OneLine(label=_("Member"), max_length=120, required=False)

    def __init__(self, *args: Any, clauses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        references = [(clause.reference, clause.reference) for clause in clauses]
        choices = {
            "decided": [(self.UNDECIDED, _("none yet")), *Disposition.Outcome.choices],
            "clause": [(self.WHOLE, _("The whole")), (self.UNMATCHED, _("On no known clause")), *references],
            "kind": ConsultationAnswer.Kind.choices,
        }
        for name, values in choices.items():
            self.fields[name].choices = [("", _("All")), *values]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What was filled in and exists."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    def found(self, answers: Any) -> Any:
        """None where something is asked for that doesn't exist."""
        if not self.is_valid():
            return answers.none()
        asked = self.chosen()
        for name, where in (("decided", self.of_outcome), ("clause", self.on_clause)):
            if name in asked:
                answers = answers.filter(where(asked[name]))
        if "kind" in asked:
            answers = answers.filter(kind=asked["kind"])
        return answers.filter(member__icontains=asked["member"]) if "member" in asked else answers

    def of_outcome(self, value: str) -> Q:
        return Q(disposition=None) if value == self.UNDECIDED else Q(disposition__outcome=value)

    def on_clause(self, value: str) -> Q:
        if value == self.WHOLE:
            return Q(clause=None, clause_text="")
        return Q(clause=None) & ~Q(clause_text="") if value == self.UNMATCHED else Q(clause__reference=value)


class DispositionForm(forms.ModelForm):
    class Meta:
        model = Disposition
        fields = ["outcome", "reason", "link"]
