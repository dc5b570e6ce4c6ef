from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from dfs_workflow.forms.people import Line, Text
from dfs_workflow.forms.public_reason import PublicReasonField
from dfs_workflow.models import BundleItem, PermanentReference, Referenced
from dfs_workflow.models.public_reason import can_be_told


class BundleForm(forms.Form):
    title = Line(label=_("Title"), max_length=255)
    reason = Text(label=_("Note for the reviewers"), required=False, rows=3)
    languages = forms.MultipleChoiceField(
        label=_("Translations that go live together with it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    public_reason = PublicReasonField()

    def __init__(
        self, objects: Iterable[Any], *args: Any, languages: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["languages"]
        field.choices, field.initial = languages, [code for code, _name in languages]
        if not languages:
            del self.fields["languages"]
        if not any(can_be_told(instance) for instance in objects):
            del self.fields["public_reason"]


class DecisionForm(forms.Form):
    REHEARSE = "rehearse"

    comment = Text(label=_("Comment"), required=False, rows=3)
    decision = forms.ChoiceField(
        choices=[("approve", _("Approve")), ("reject", _("Return")), (REHEARSE, _("Try it"))],
        widget=forms.HiddenInput,
        required=True,
    )


class TranslationForm(forms.Form):
    public_reason = PublicReasonField()
    go_live_at = forms.DateTimeField(
        label=_("Not before"),
        required=False,
        help_text=_("Leave it empty to publish with the approval. Time zone: %(zone)s"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, row: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_be_told(row):
            del self.fields["public_reason"]
        field = self.fields["go_live_at"]
        field.help_text = field.help_text % {"zone": timezone.get_current_timezone_name()}

    def clean_go_live_at(self) -> Any:
        at = self.cleaned_data["go_live_at"]
        if at and at <= timezone.now():
            raise forms.ValidationError(_("Choose a time that is still to come."))
        return at


class ChangeForm(forms.Form):
    """Asks for a change to what is live; what else it needs depends on the kind of change."""

    reason = Text(label=_("Reason"), help_text=_("Part of the record for ever."), rows=3)

    def __init__(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance

    def details(self) -> dict[str, Any]:
        return {}


class ToldForm(ChangeForm):
    """Of a change that readers notice; the reason is for the record."""

    public_reason = PublicReasonField()

    def details(self) -> dict[str, Any]:
        return {"public_reason": self.cleaned_data.get("public_reason", "")}


class WithdrawForm(ChangeForm):
    """Of something with a permanent reference: its address stays, and says why and what takes its place."""

    successor = forms.CharField(
        label=_("What takes its place"),
        required=False,
        max_length=40,
        help_text=_("The permanent reference of its successor, if there is one: SIM-MNO-03."),
    )
    hides_words = forms.BooleanField(
        label=_("Hide its words"),
        required=False,
        help_text=_("Only where they do harm: else readers still see what was withdrawn."),
    )

    def __init__(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(instance, *args, **kwargs)
        self.fields["reason"].help_text = _("Shown to readers at its permanent address, and part of the record.")

    def clean_successor(self) -> str:
        reference: str = self.cleaned_data["successor"].strip().upper()
        known = PermanentReference.objects.filter(pk=reference).exclude(pk=self.instance.reference)
        if reference and not known.exists():
            raise forms.ValidationError(_("No other statement has this reference."))
        return reference

    def details(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in ("reason", "successor", "hides_words")}
        return {**found, "public_reason": found["reason"]}


class PlaceField(forms.ModelChoiceField):
    """A plain list of the few places that fit, so that it needs no script."""

    def label_from_instance(self, page: Page) -> str:
        return "\u2003" * (page.depth - 2) + page.get_admin_display_title()


class MoveForm(ToldForm):
    parent = PlaceField(label=_("New place: under"), queryset=Page.objects.none())

    def __init__(self, instance: Page, *args: Any, **kwargs: Any) -> None:
        super().__init__(instance, *args, **kwargs)
        types = ContentType.objects.get_for_models(*instance.allowed_parent_page_models()).values()
        others = Page.objects.filter(content_type__in=types, locale_id=instance.locale_id, depth__gt=1)
        fit = others.not_descendant_of(instance, inclusive=True).not_parent_of(instance)
        self.fields["parent"].queryset = fit.order_by("path")  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        return {**super().details(), "parent": self.cleaned_data["parent"].pk}


class RestrictForm(ChangeForm):
    restriction_type = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[("none", _("Everybody")), ("login", _("People who are signed in")), ("groups", _("Certain groups"))],
        widget=forms.RadioSelect,
        help_text=_("Editions stay as they were published: everybody can still read there what one of them holds."),
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=Group.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("restriction_type") == "groups" and not data.get("groups"):
            self.add_error("groups", _("Choose at least one group."))
        return data

    def details(self) -> dict[str, Any]:
        groups = [group.pk for group in self.cleaned_data["groups"]]
        return {"restriction_type": self.cleaned_data["restriction_type"], "groups": groups}


SNIPPET_FORMS: dict[str, type[ChangeForm]] = {
    BundleItem.Kind.WITHDRAW: ToldForm,
    BundleItem.Kind.DELETE: ChangeForm,
}
PAGE_FORMS: dict[str, type[ChangeForm]] = {
    **SNIPPET_FORMS,
    BundleItem.Kind.MOVE: MoveForm,
    BundleItem.Kind.RESTRICT: RestrictForm,
}


def change_form(kind: str, instance: Any, data: Any) -> ChangeForm | None:
    """None where nothing like it can be asked for."""
    if kind == BundleItem.Kind.WITHDRAW and isinstance(instance, Referenced):
        return WithdrawForm(instance, data)
    form_class = (PAGE_FORMS if isinstance(instance, Page) else SNIPPET_FORMS).get(kind)
    return form_class(instance, data) if form_class else None
