"""Translated objects that nobody may change now, because somebody decides about them."""

from collections import defaultdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, TranslatableMixin, WorkflowState

from dfs_workflow.translation import conf


def locked_keys(locale: Locale) -> set[Any]:
    """Translation keys, with one query for each kind of object that is under review."""
    ids: dict[int, set[str]] = defaultdict(set)
    active = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    for content_type, pk in active.values_list("base_content_type_id", "object_id"):
        ids[content_type].add(pk)
    for content_type, pk in conf.also_locked():
        ids[content_type].add(pk)
    locked = Page.objects.filter(locale=locale, locked=True)
    found = set(locked.values_list("translation_key", flat=True))
    for content_type, keys in ids.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and issubclass(model, (Page, TranslatableMixin)):
            rows = model._base_manager.filter(pk__in=keys, locale=locale)
            found |= set(rows.values_list("translation_key", flat=True))
    return found
