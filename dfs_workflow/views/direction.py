"""Fields of the admin take the language and direction of what is written in them, whatever that of the interface."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.widgets import DateTimeBaseInput
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import SlugInput

from dfs_workflow.language_marks import direction
from dfs_workflow.models import is_governed


def mark_fields(context: dict[str, Any]) -> None:
    """Of a form about something governed; what scripts build later is marked by `direction.js`."""
    form = context.get("form")
    instance = getattr(form, "instance", None)
    if not is_governed(instance) or getattr(instance, "locale_id", None) is None:
        return
    code = instance.locale.language_code
    for each in forms_in(form):
        for field in each.fields.values():
            if is_text(field.widget):
                field.widget.attrs |= {"lang": code, "dir": direction(code)}


def forms_in(form: Any) -> Iterator[Any]:
    yield form
    for formset in getattr(form, "formsets", {}).values():
        for below in formset.forms:
            yield from forms_in(below)


def is_text(widget: forms.Widget) -> bool:
    """Words; not dates, addresses and numbers, which run from left to right everywhere."""
    if isinstance(widget, (DateTimeBaseInput, SlugInput)):
        return False
    return isinstance(widget, forms.Textarea) or (isinstance(widget, forms.TextInput) and widget.input_type == "text")


def script() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("dfs_workflow/direction.js"))


def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("dfs_workflow/admin.css"))
