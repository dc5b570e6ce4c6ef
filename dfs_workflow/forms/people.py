"""Forms about people. What ends in a mail is one line without control characters."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.validators import RegexValidator
from django.forms.models import ModelChoiceIterator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dfs_workflow.models import Membership, Organisation
from dfs_workflow.sorting import sort_key

ONE_LINE = RegexValidator(
    re.compile(r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\Z"), _("Write one line without control characters.")
)
TEXT = RegexValidator(re.compile(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z"), _("Remove the control characters."))


# Names stand in mails to others, where an address would become a link.
NO_ADDRESS = RegexValidator(
    re.compile(r"://|www\.|[<>@]", re.IGNORECASE), _("Write the name alone, without an address."), inverse_match=True
)


class Line(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[ONE_LINE], **kwargs)


class Name(Line):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(NO_ADDRESS)


class Text(forms.CharField):
    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(validators=[TEXT], widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class InOrder(ModelChoiceIterator):
    """What stands for nothing chosen first, then by the label, as the reader's language sorts it."""

    def __iter__(self) -> Iterator[Any]:
        language = get_language() or ""
        return iter(sorted(super().__iter__(), key=lambda pair: (pair[0] != "", sort_key(str(pair[1]), language))))


class OrganisationField(forms.ModelChoiceField):
    """By country, as one looks for one's own; a plain list needs no script."""

    iterator = InOrder

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.prefetch_related("countries"), to_field_name="key", **kwargs)

    def label_from_instance(self, organisation: Organisation) -> str:
        countries = [country.local_name for country in organisation.countries.all()]
        place = _(", ").join(countries[:3]) + (" …" if len(countries) > 3 else "")
        return f"{place}{_(' – ')}{organisation}" if place else str(organisation)


class JoinForm(forms.Form):
    name = Name(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_("We send a link there. A private address can't show whom you speak for."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = OrganisationField(label=_("Organisation"), required=False, empty_label=_("Another one, named below"))
    new_organisation = Line(label=_("Another organisation, and its country"), max_length=200, required=False)
    job_title = Line(
        label=_("Position"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    why = Text(label=_("Why would you like to take part?"), max_length=2000)
    # Nobody sees this one; who fills it in is a machine.
    homepage = forms.CharField(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("organisation") and not data.get("new_organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose your organisation, or name it in the next field."))
        return data

    def is_from_a_machine(self) -> bool:
        return bool(self.cleaned_data["homepage"])

    def answers(self) -> dict[str, Any]:
        answers = {name: value for name, value in self.cleaned_data.items() if name != "homepage"}
        return {**answers, "email": answers["email"].lower()}


class AcceptForm(forms.Form):
    name = Name(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password, again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            user = get_user_model()(email=self.email, first_name=data.get("name", ""))
            try:
                validate_password(first, user)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data


class StewardFields(forms.Form):
    """What only stewards decide is taken out for everybody else."""

    role = forms.ChoiceField(
        label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER, required=False
    )
    as_focal_point = forms.BooleanField(label=_("as focal point"), required=False)
    for_stewards = ("as_focal_point",)

    def __init__(self, *args: Any, is_steward: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_steward:
            for name in self.for_stewards:
                del self.fields[name]

    def clean_role(self) -> str:
        return self.cleaned_data["role"] or Membership.Role.MEMBER


class InviteForm(StewardFields):
    name = Name(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Work e-mail"))
    job_title = Line(label=_("Position"), max_length=120, required=False)
    field_order = ["name", "email", "job_title", "role", "as_focal_point"]


class AdmitForm(StewardFields):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("admit", _("Invite")), ("decline", _("Decline"))], widget=forms.RadioSelect
    )
    organisation = OrganisationField(label=_("Speaks for"), required=False)
    reason = Text(
        label=_("Reason, if you decline"), max_length=1000, required=False, help_text=_("The person reads it."), rows=3
    )
    for_stewards = ("as_focal_point", "organisation")
    field_order = ["decision", "organisation", "role", "as_focal_point", "reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "decline" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: the person is told your reason."))
        return data


class DomainForm(forms.Form):
    domain = forms.RegexField(
        r"^@?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", label=_("Mail domain"), max_length=253, help_text="regulator.example"
    )


class EndForm(forms.Form):
    reason = Text(label=_("Reason"), max_length=1000, rows=3, help_text=_("The person reads it."))


class ContactForm(forms.Form):
    subject = Line(label=_("Subject"), max_length=150)
    text = Text(label=_("Message"), max_length=5000, rows=8)


class ConsentForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["is_listed", "shows_job_title", "may_be_contacted"]


class PasswordForm(forms.Form):
    """Asked again before something that can't be undone."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return str(self.cleaned_data["password"])
