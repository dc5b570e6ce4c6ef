"""What follows from changes elsewhere, in the same transaction; connected by `PagesConfig.ready()`.

The index of the search follows what is published, and what has broken links is not published.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, PageViewRestriction, TaskState, WorkflowState
from wagtail.signals import post_page_move, published, unpublished, workflow_approved

from dfs_pages import actions, tasks
from dfs_pages.importers.gitbook.redirects import lead_from_old_addresses
from dfs_pages.models import BookImport, BookletFile, ChapterPage
from dfs_pages.search import indexing
from dfs_workflow.models import Bundle, BundleItem, is_governed


def after_a_publication(sender: Any, instance: Any, **kwargs: Any) -> None:
    if indexing.is_indexed(type(instance)):
        indexing.index_objects([instance])
    if isinstance(instance, ChapterPage):
        lead_from_old_addresses([instance.pk])


def after_a_withdrawal(sender: Any, instance: Any, **kwargs: Any) -> None:
    if indexing.is_indexed(type(instance)):
        indexing.forget([instance])


def after_a_move(sender: Any, instance: Page, **kwargs: Any) -> None:
    indexing.index_tree(Page.objects.get(pk=instance.pk))


def after_access_was_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page and not kwargs.get("raw") and not isinstance(kwargs.get("origin"), Page):
        indexing.index_tree(page)


def after_a_book_was_uploaded(sender: Any, instance: BookImport, created: bool, **kwargs: Any) -> None:
    if created and not kwargs.get("raw"):
        transaction.on_commit(partial(tasks.import_book.enqueue, instance.pk))


def after_a_booklet_was_asked_for(sender: Any, instance: BookletFile, **kwargs: Any) -> None:
    if instance.state == BookletFile.State.WAITING and not kwargs.get("raw"):
        transaction.on_commit(partial(tasks.make_booklet.enqueue, instance.pk))


def before_a_review_goes_on(sender: Any, instance: TaskState, raw: bool = False, **kwargs: Any) -> None:
    """Told at the start, when the one who wrote it is still there."""
    if instance._state.adding and not raw:
        actions.require_links(drafts=texts_under_review(instance))


def after_a_review_was_approved(sender: Any, instance: WorkflowState, **kwargs: Any) -> None:
    """Once more, as what a link leads to may have gone meanwhile; a whole bundle is live by now."""
    if instance.current_task_state:
        actions.require_links(drafts=texts_under_review(instance.current_task_state))


def texts_under_review(state: TaskState) -> list[Page]:
    revisions = [state.revision] if state.revision else []
    if isinstance(state.workflow_state.content_object, Bundle):
        items = [item for revision in revisions for item in revision.as_object().items.all()]
        revisions = [item.revision for item in items if item.kind == BundleItem.Kind.PUBLISH and item.revision]
    elif not is_governed(state.workflow_state.content_object):
        return []
    drafts = [revision.as_object() for revision in revisions]
    return [draft for draft in drafts if isinstance(draft, Page) and is_governed(draft)]


def connect() -> None:
    pre_save.connect(before_a_review_goes_on, sender=TaskState, dispatch_uid="dfs_pages.links")
    workflow_approved.connect(after_a_review_was_approved, dispatch_uid="dfs_pages.links")
    post_save.connect(after_a_booklet_was_asked_for, sender=BookletFile, dispatch_uid="dfs_pages.booklets")
    post_save.connect(after_a_book_was_uploaded, sender=BookImport, dispatch_uid="dfs_pages.books")
    published.connect(after_a_publication, dispatch_uid="dfs_pages.search")
    unpublished.connect(after_a_withdrawal, dispatch_uid="dfs_pages.search")
    post_page_move.connect(after_a_move, dispatch_uid="dfs_pages.search")
    for signal in (post_save, post_delete):
        signal.connect(after_access_was_changed, sender=PageViewRestriction, dispatch_uid="dfs_pages.search")
