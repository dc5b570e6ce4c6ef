"""What differs between what readers see and a version, word by word, by the panels of the editor."""

from datetime import datetime
from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page, Revision


def changes(request: HttpRequest, shown: Any, live: Revision | None, revision: Revision) -> list[Any]:
    """Wagtail's own comparisons: each has a `field_label` and a `htmldiff`.

    Both sides come from versions, which the gate keeps equal to the rows; so a long bundle asks no more than a short
    one. Something that was never live is new in every word.
    """
    before = version(shown, live) if shown.live and live else type(shown)()
    after = version(shown, revision)
    panel = editor(after).get_bound_panel(instance=after, request=request, form=None)
    compared = (compare(before, after) for compare in panel.get_comparison())
    return [readable(change) for change in compared if change.has_changed()]


def readable(change: Any) -> Any:
    """Wagtail shows a date as the database writes it, and a missing one as None."""
    values = [getattr(change, name, None) for name in ("val_a", "val_b")]
    if any(isinstance(value, datetime) for value in values):
        change.val_a, change.val_b = (localize(timezone.localtime(value)) if value else "–" for value in values)
    return change


def version(shown: Any, revision: Revision) -> Any:
    """Wagtail's `as_object` asks the database for each foreign key, for the parent and for comments."""
    found = type(shown).from_serializable_data(revision.content, check_fks=False)
    found.pk = shown.pk
    return found


def editor(instance: Any) -> Any:
    return instance.get_edit_handler() if isinstance(instance, Page) else get_edit_handler(type(instance))


def comparison_url(shown: Any, revision: Revision) -> str:
    if isinstance(shown, Page):
        return reverse("wagtailadmin_pages:revisions_compare", args=[shown.pk, "live", revision.pk])
    name = shown.snippet_viewset.get_url_name("revisions_compare")
    return reverse(name, args=[quote(shown.pk), "live", revision.pk])
