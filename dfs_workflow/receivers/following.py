"""What follows from a change that readers see."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import (
    page_slug_changed,
    post_page_move,
    published,
    unpublished,
)

from dfs_workflow import actions
from dfs_workflow.models import (
    ContentVersion,
    Gated,
    Organisation,
    is_governed,
)
from dfs_workflow.translation.signals import freshness_changed

TOP = 2  # below the one root of the tree: the home pages


def after_something_public_changed(sender: Any, **kwargs: Any) -> None:
    ContentVersion.bump()


def after_a_text_went_live(sender: Any, instance: Any, **kwargs: Any) -> None:
    if is_governed(instance):
        # Wagtail leaves this to the worker; until then a file or a term that this text shows could be deleted.
        ReferenceIndex.create_or_update_for_object(instance)
        actions.follow_slug(instance=instance)
        actions.keep_in_step(instance=instance)


def after_a_text_was_taken_back(sender: Any, instance: Any, **kwargs: Any) -> None:
    if is_governed(instance):
        actions.withdraw_translations(instance=instance)


def after_an_address_changed(sender: Any, instance: Page, instance_before: Page, **kwargs: Any) -> None:
    if is_governed(instance):
        actions.leave_redirects(source=instance, before=instance_before)


def after_a_snippet_was_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if is_governed(instance) and not isinstance(instance, Page):
        ContentVersion.bump()


def after_a_page_was_added(sender: Any, instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """Signals of page types come with the row of their own type, so once for each page."""
    if created and not raw and isinstance(instance, Page) and isinstance(instance, Gated) and instance.depth == TOP:
        actions.extend_to_language(root=instance)


def connect() -> None:
    published.connect(after_a_text_went_live, dispatch_uid="dfs_workflow.offered")
    unpublished.connect(after_a_text_was_taken_back, dispatch_uid="dfs_workflow.taken_back")
    page_slug_changed.connect(after_an_address_changed, dispatch_uid="dfs_workflow.redirects")
    post_save.connect(after_a_page_was_added, dispatch_uid="dfs_workflow.language")
    for signal in (published, unpublished, post_page_move, freshness_changed):
        signal.connect(after_something_public_changed, dispatch_uid="dfs_workflow.version")
    for signal in (post_save, post_delete):
        for model in (PageViewRestriction, "wagtailredirects.Redirect", Site, Organisation):
            signal.connect(after_something_public_changed, sender=model, dispatch_uid="dfs_workflow.version")
    post_delete.connect(after_something_public_changed, sender=Page, dispatch_uid="dfs_workflow.version_page")
    post_delete.connect(after_a_snippet_was_deleted, dispatch_uid="dfs_workflow.version_snippet")
