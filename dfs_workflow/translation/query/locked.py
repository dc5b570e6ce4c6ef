"""Translated objects that nobody may change now, because somebody decides about them."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, LockableMixin, Page, Revision, TranslatableMixin, WorkflowState

from dfs_workflow.translation import conf


def locked_keys(locale: Locale) -> set[Any]:
    """Translation keys, with one query for each kind of object that is locked, scheduled or under review."""
    ids: dict[int, set[str]] = defaultdict(set)
    active = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    for content_type, pk in active.values_list("base_content_type_id", "object_id"):
        ids[content_type].add(pk)
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
    for content_type, pk in [*scheduled.values_list("base_content_type_id", "object_id"), *conf.also_locked()]:
        ids[content_type].add(pk)
    found: set[Any] = set()
    for model in [Page, *lockable_snippets()]:
        locked = model._base_manager.filter(locale=locale, locked=True)
        found |= set(locked.values_list("translation_key", flat=True))
    for content_type, keys in ids.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and issubclass(model, (Page, TranslatableMixin)):
            rows = model._base_manager.filter(pk__in=keys, locale=locale)
            found |= set(rows.values_list("translation_key", flat=True))
    return found


def lockable_snippets() -> list[Any]:
    models = [model for model in apps.get_models() if issubclass(model, LockableMixin)]
    return [model for model in models if issubclass(model, TranslatableMixin) and not issubclass(model, Page)]
