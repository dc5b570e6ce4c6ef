"""Where this app meets Wagtail's signals; connected by `TranslationConfig.ready()`."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.signals import published
from wagtail_localize.models import TranslationSource

from dfs_workflow.translation import actions
from dfs_workflow.translation.models import SourceManifest


def after_a_source_was_updated(
    sender: Any, instance: TranslationSource, created: bool, raw: bool, **kwargs: Any
) -> None:
    """Its content is new and its segments still those of before: wagtail-localize refreshes them right after."""
    fields = kwargs.get("update_fields")
    if not created and not raw and (fields is None or "content_json" in fields):
        actions.record_changes(source=instance)


def after_a_publication(sender: Any, instance: Any, **kwargs: Any) -> None:
    if hasattr(instance, "translation_key"):
        actions.follow_source(instance=instance)


def after_a_manifest_was_written(sender: Any, instance: SourceManifest, raw: bool, **kwargs: Any) -> None:
    """A load writes it when the version is live already."""
    if not raw and (row := instance.revision.content_object) and row.live_revision_id == instance.revision_id:
        actions.refresh_stale(keys={row.translation_key})


def connect() -> None:
    post_save.connect(after_a_source_was_updated, sender=TranslationSource, dispatch_uid="dfs_translation.source")
    post_save.connect(after_a_manifest_was_written, sender=SourceManifest, dispatch_uid="dfs_translation.manifest")
    published.connect(after_a_publication, dispatch_uid="dfs_translation.published")
