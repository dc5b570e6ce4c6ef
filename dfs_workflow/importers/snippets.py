"""Adds many snippets at once, each with a revision, a decision and a line in the log, as publishing would."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision
from wagtail.search.backends import get_search_backends

from dfs_workflow.gate import system_decision
from dfs_workflow.models import ContentVersion, Decision


@transaction.atomic
def create_snippets(snippets: Sequence[Any], *, by: Any = None) -> None:
    """Unsaved objects of one governed model, inside `system_publication`; they go live."""
    if not snippets:
        return
    model, now = type(snippets[0]), timezone.now()
    for snippet in snippets:
        snippet.live, snippet.has_unpublished_changes = True, False
        snippet.first_published_at = snippet.last_published_at = now
        snippet.clean_fields()
    model._base_manager.bulk_create(snippets)
    record_versions(snippets, now, by)
    model._base_manager.bulk_update(snippets, ["latest_revision", "live_revision"], batch_size=200)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, snippets)
    ContentVersion.bump()


def record_versions(snippets: Sequence[Any], now: Any, by: Any) -> None:
    content_type = ContentType.objects.get_for_model(type(snippets[0]), for_concrete_model=False)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=content_type,
            base_content_type=snippet.get_base_content_type(),
            object_id=str(snippet.pk),
            object_str=str(snippet),
            content=snippet.serializable_data(),
            created_at=now,
            user=by,
        )
        for snippet in snippets
    )
    for snippet, revision in zip(snippets, revisions, strict=True):
        snippet.latest_revision = snippet.live_revision = revision
    Decision.objects.bulk_create(system_decision(snippet, snippet.live_revision) for snippet in snippets)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=content_type,
            object_id=str(snippet.pk),
            label=str(snippet)[:255],
            action=action,
            timestamp=now,
            user=by,
            revision=snippet.live_revision,
            content_changed=True,
            deleted=False,
            data={},
        )
        for snippet in snippets
        for action in ("wagtail.create", "wagtail.publish")
    )
