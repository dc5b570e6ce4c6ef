"""What differs between what readers see and a version, word by word, by the panels of the editor."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page, Revision


def changes(request: HttpRequest, revision: Revision) -> list[Any]:
    """Wagtail's own comparisons: each has a `field_label` and a `htmldiff`."""
    version = revision.as_object()
    shown = revision.content_object
    before = shown if shown.live else blank(type(shown))
    panel = editor(version).get_bound_panel(instance=version, request=request, form=None)
    return [
        change for change in (compare(before, version) for compare in panel.get_comparison()) if change.has_changed()
    ]


def blank(model: type[Any]) -> Any:
    """Something that was never live is new in every word."""
    return model()


def editor(instance: Any) -> Any:
    return instance.get_edit_handler() if isinstance(instance, Page) else get_edit_handler(type(instance))


def comparison_url(revision: Revision) -> str:
    instance = revision.content_object
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:revisions_compare", args=[instance.pk, "live", revision.pk])
    name = instance.snippet_viewset.get_url_name("revisions_compare")
    return reverse(name, args=[quote(instance.pk), "live", revision.pk])
