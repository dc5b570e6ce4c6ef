"""Forms about open reviews: asking an expert, publishing in an emergency, being away."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dfs_workflow.forms.people import Name, Text
from dfs_workflow.forms.public_reason import PublicReasonField
from dfs_workflow.models import FactCheck, PublicReason, name_of
from dfs_workflow.models.public_reason import can_be_told


class ExpertForm(forms.Form):
    name = Name(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=lambda: settings.LANGUAGES)
    question = Text(
        label=_("Question"), max_length=2000, required=False, rows=4,
        help_text=_("What should the expert look at? The link shows the whole version."),
    )  # fmt: skip


class FactCheckForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Your answer"), choices=FactCheck.Verdict.choices, widget=forms.RadioSelect)
    answer = Text(
        label=_("Explanation"), max_length=10_000, required=False, rows=8,
        help_text=_("What is wrong, and where can the right fact be found?"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("verdict") == FactCheck.Verdict.DOUBTED and not (found.get("answer") or "").strip():
            self.add_error("answer", _("Say what is wrong or doubtful."))
        return found


class EmergencyForm(forms.Form):
    reason = Text(
        label=_("Reason"), max_length=2000, rows=4,
        help_text=_("Everybody who edits reads it at once, and it stays in the record."),
    )  # fmt: skip
    public_reason = PublicReasonField()

    def __init__(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"public_reason": PublicReason.of(instance.latest_revision)}, **kwargs)
        if not can_be_told(instance):
            del self.fields["public_reason"]


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(name_of(obj))


class AbsenceForm(forms.Form):
    delegate = PersonChoice(label=_("In my place"), queryset=None, required=False)
    first_day = forms.DateField(label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        people = get_user_model()._default_manager.filter(is_active=True).exclude(pk=user.pk)
        allowed = Q(groups__permissions__in=access) | Q(user_permissions__in=access)
        self.fields["delegate"].queryset = people.filter(allowed).distinct().order_by("last_name", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        given = [found.get(name) for name in ("delegate", "first_day", "last_day")]
        if any(given) and not all(given):
            raise forms.ValidationError(_("Fill in all three, or none of them to be back."))
        if all(given) and found["last_day"] < found["first_day"]:
            self.add_error("last_day", _("The last day is before the first."))
        return found
