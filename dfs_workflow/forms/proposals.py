"""Forms of proposals; plain ones, as they have to work without a script."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from dfs_workflow.forms.changes import MoveForm, WithdrawForm
from dfs_workflow.forms.people import ONE_LINE, TEXT, Line
from dfs_workflow.forms.people import Text as LongText
from dfs_workflow.forms.public_reason import PublicReasonField
from dfs_workflow.models import Proposal, ProposalItem
from dfs_workflow.models import public_reason as told
from dfs_workflow.proposals.markup import MarkupError, tags_in, to_html, to_text
from dfs_workflow.proposals.places import Text, replaced, without_block

NEEDS = {"b": "bold", "i": "italic", "code": "code", "ul": "ul", "ol": "ol"}
LONGEST = 20_000
MARKS = _("Marks: **bold**, _italic_, [words](https://…). Numbers in brackets are links that stay as they are.")


class ReasonForm(forms.Form):
    reason = LongText(
        label=_("Why"), max_length=4000, rows=3, help_text=_("Read by those who decide, and part of the record.")
    )
    source = Line(label=_("Source"), max_length=500, required=False, help_text=_("A document, a law or an address."))

    field_order: Sequence[str] | None = None


class TextsForm(ReasonForm):
    """The texts of one place, as they stand there."""

    def __init__(self, texts: Sequence[Text], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        self.names = [f"text-{number}" for number in range(len(texts))]
        for name, text in zip(self.names, texts, strict=True):
            self.fields[name] = field_for(text)
        self.order_fields([*self.names, "reason", "source"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, text in zip(self.names, self.texts, strict=True):
            if name in data:
                try:
                    data[name] = value_of(text, data[name])
                except forms.ValidationError as error:
                    self.add_error(name, error)
        if not self.errors and not self.changed_values():
            self.add_error(None, _("Nothing is changed yet."))
        return data

    def changed_values(self) -> list[tuple[Text, str]]:
        pairs = zip(self.names, self.texts, strict=True)
        return [(text, self.cleaned_data[name]) for name, text in pairs if self.cleaned_data[name] != text.value]


class PlaceForm(TextsForm):
    """A block whose texts are all emptied is proposed to be taken out."""

    def __init__(self, texts: Sequence[Text], *args: Any, block: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(texts, *args, **kwargs)
        self.block = block
        for name in self.names if block else ():
            self.fields[name].validate = lambda value: None  # type: ignore[method-assign]  # may be emptied

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, text in zip(self.names, self.texts, strict=True):
            if self.block and not self.is_emptied() and text.is_required and data.get(name) == "":
                self.add_error(name, _("Write something here, or empty all fields to take it out."))
        return data

    def is_emptied(self) -> bool:
        return bool(self.block) and not any(self.cleaned_data.get(name) for name in self.names)

    def content(self, base: dict[str, Any]) -> dict[str, Any]:
        if self.is_emptied():
            return without_block(base, self.block)  # type: ignore[no-any-return]
        for text, value in self.changed_values():
            base = replaced(base, text.path, value)
        return base


class NewStatementForm(TextsForm):
    after = forms.ModelChoiceField(
        label=_("Place"), queryset=Page.objects.none(), required=False, empty_label=_("At the end")
    )

    def __init__(self, texts: Sequence[Text], siblings: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(texts, *args, **kwargs)
        self.fields["after"].queryset = siblings  # type: ignore[attr-defined]
        self.fields["after"].label_from_instance = after_label  # type: ignore[attr-defined]
        self.order_fields([*self.names, "after", "reason", "source"])


class NewInSectionForm(TextsForm):
    """Where it can only stand in one of the sections below."""

    under = forms.ModelChoiceField(label=_("In which section?"), queryset=Page.objects.none())

    def __init__(self, texts: Sequence[Text], sections: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(texts, *args, **kwargs)
        self.fields["under"].queryset = sections  # type: ignore[attr-defined]
        self.order_fields([*self.names, "under", "reason", "source"])


class NewSnippetForm(TextsForm):
    """`instance`: the empty one, which tells what can't be saved once it has the words."""

    language = forms.ChoiceField(
        label=_("Language in which you write it"),
        help_text=_(
            "Who decides puts it into the language that texts are written in. Your words help its translators."
        ),
    )

    def __init__(self, texts: Sequence[Text], instance: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(texts, *args, **kwargs)
        self.instance = instance
        names = [(row.language_code, row.get_display_name()) for row in Locale.objects.order_by("pk")]
        self.fields["language"].choices = names  # type: ignore[attr-defined]
        self.order_fields([*self.names, "language", "reason", "source"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            for text, value in self.changed_values():
                setattr(self.instance, text.path[0], value)
            self.instance.prepare_proposed(None)
            try:
                self.instance.full_clean()
            except forms.ValidationError as error:
                is_known = any(each.code == "unique_together" for each in errors_of(error))
                known = _("This is there already, or waits for its review: propose a change to it instead.")
                self.add_error(None, known if is_known else error.messages)  # type: ignore[arg-type]
        return data


class ProposeWithdrawalForm(ReasonForm, WithdrawForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["hides_words"]
        self.fields["reason"].help_text = ReasonForm.base_fields["reason"].help_text
        self.order_fields(["successor", "reason", "source"])

    def details(self) -> dict[str, Any]:
        return {"successor": self.cleaned_data["successor"]}


class ProposeMoveForm(ReasonForm, MoveForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["public_reason"]
        parent = self.fields["parent"]
        parent.queryset = parent.queryset.live().public()  # type: ignore[attr-defined]
        self.order_fields(["parent", "reason", "source"])


class SubmitProposalForm(ReasonForm):
    title = Line(label=_("Title"), max_length=255)

    field_order = ["title", "reason", "source"]


class RemarkForm(forms.Form):
    text = LongText(label=_("Your remark"), max_length=4000, rows=4)


class TakeOnForm(forms.Form):
    assignee = forms.ModelChoiceField(label=_("Assigned to"), queryset=None, required=False)

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]
        self.fields["assignee"].label_from_instance = lambda user: user.get_full_name() or user.get_username()  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept, as chosen above")), ("decline", _("Decline"))],
        widget=forms.RadioSelect,
    )
    reason = LongText(
        label=_("Reason"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("The proposer reads it. Needed unless everything is accepted as it was proposed."),
    )


class ApplyForm(forms.Form):
    """Begins with the words of the proposer, for whoever submits it to keep, to change or to take out."""

    public_reason = PublicReasonField()

    def __init__(self, proposal: Proposal, *args: Any, **kwargs: Any) -> None:
        words = " ".join(proposal.reason.split())
        super().__init__(*args, initial={"public_reason": words if len(words) <= told.LONGEST else ""}, **kwargs)
        if not proposal.items.exclude(kind=ProposalItem.Kind.NEW).exists():
            del self.fields["public_reason"]
            return
        field = self.fields["public_reason"]
        field.help_text = format_lazy(
            "{} {}", field.help_text, _("What stands here was written by the proposer: change it, or empty it.")
        )


class FilterForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [choice for choice in Proposal.State.choices if choice[0] != Proposal.State.DRAFT]
        self.fields["state"].choices = [("", _("All states")), *states]  # type: ignore[attr-defined]


def errors_of(error: forms.ValidationError) -> list[forms.ValidationError]:
    return [each for found in error.error_dict.values() for each in found]


def after_label(page: Page) -> str:
    return str(_("After “%(title)s”") % {"title": page.title})


def field_for(text: Text) -> forms.CharField:
    value = to_text(text.value).text if text.is_rich else text.value
    is_long = text.is_rich or len(value) > 120 or text.max_length is None
    rows = min(24, 2 + len(value) // 60 + value.count("\n"))
    return forms.CharField(
        label=text.label,
        initial=value,
        required=text.is_required,
        max_length=LONGEST if text.is_rich else text.max_length or LONGEST,
        validators=[TEXT if is_long else ONE_LINE],
        widget=forms.Textarea(attrs={"rows": rows}) if is_long else forms.TextInput(),
        help_text=MARKS if text.is_rich else "",
    )


def value_of(text: Text, typed: str) -> str:
    if not text.is_rich:
        return "\n".join(typed.splitlines())
    try:
        html = to_html(typed, text.value)
    except MarkupError as error:
        raise forms.ValidationError(
            _("“%(what)s” leads nowhere: write [words](https://…), or the number that stood there.")
            % {"what": error.what}
        ) from error
    new = tags_in(html) - tags_in(text.value)
    allowed = text.features
    unknown = [tag for tag in new if tag in NEEDS and allowed is not None and NEEDS[tag] not in allowed]
    if "a" in new and allowed is not None and "link" not in allowed:
        unknown.append("a")
    if unknown:
        raise forms.ValidationError(_("This text can't hold lists, links or emphasis of this kind: write it plainly."))
    return html
