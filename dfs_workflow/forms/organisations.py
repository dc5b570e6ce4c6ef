import re
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _

from dfs_workflow.models import Organisation


class OrganisationForm(forms.ModelForm):
    """The countries are typed as codes, as a regional body serves many."""

    country_codes = forms.CharField(
        label=_("Countries"), required=False, help_text=_("Two-letter codes, separated by commas or spaces: SN, ML.")
    )

    class Meta:
        model = Organisation
        fields = ["kind", "name", "acronym", "website", "source_note", "needs_check", "key"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["country_codes"] = ", ".join(country.code for country in self.instance.countries.all())

    def clean_country_codes(self) -> list[str]:
        codes = sorted({code.upper() for code in re.split(r"[\s,;]+", self.cleaned_data["country_codes"]) if code})
        unknown = [code for code in codes if not re.fullmatch("[A-Z]{2}", code) or code not in country_names()]
        if unknown:
            raise forms.ValidationError(_("Unknown country: %(codes)s."), params={"codes": ", ".join(unknown)})
        return codes

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("name") and not data.get("acronym"):
            self.add_error("name", _("Write a name or an acronym."))
        return data

    def save(self, commit: bool = True) -> Organisation:
        organisation: Organisation = super().save(commit)
        codes = self.cleaned_data["country_codes"]
        for country in organisation.countries.exclude(code__in=codes):
            country.delete()
        known = set(organisation.countries.values_list("code", flat=True))
        for code in set(codes) - known:
            organisation.countries.create(code=code, name=country_names()[code])
        return organisation


# The standard list of territories has these too: unions, test codes and "unknown region".
NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


def country_names() -> dict[str, str]:
    return {code: name for code, name in Locale("en").territories.items() if code not in NOT_COUNTRIES}
