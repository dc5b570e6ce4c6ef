"""Settings of this app, all optional: `DFS_TRANSLATION_*`."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.models import Page


def submit_view() -> str:
    """Name of the address, by the key of a translation, where it is submitted for review; empty where none is."""
    return str(getattr(settings, "DFS_TRANSLATION_SUBMIT_VIEW", ""))


def public(pages: Any) -> Any:
    """Of some pages, those that everybody may read: the site can name its own function of a queryset."""
    path = getattr(settings, "DFS_TRANSLATION_PUBLIC", "")
    return import_string(path)(pages) if path else pages.live().public()


def is_public(instance: Any) -> bool:
    if isinstance(instance, Page):
        return bool(public(type(instance)._default_manager.filter(pk=instance.pk)).exists())
    return bool(getattr(instance, "live", True))


def also_locked() -> Any:
    """What else is under review: pairs of content type and key, by the site's own function."""
    path = getattr(settings, "DFS_TRANSLATION_LOCKED", "")
    return import_string(path)() if path else ()
