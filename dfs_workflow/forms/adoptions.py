from django import forms

from dfs_workflow.models import Adoption


class AdoptionForm(forms.ModelForm):
    class Meta:
        model = Adoption
        fields = ["state", "instrument", "link", "date"]
        widgets = {"date": forms.DateInput(attrs={"type": "date"})}
