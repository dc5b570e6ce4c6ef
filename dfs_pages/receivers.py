"""The index of the search follows what is published, in the same transaction; connected by `PagesConfig.ready()`."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move, published, unpublished

from dfs_pages import tasks
from dfs_pages.models import BookImport, BookletFile
from dfs_pages.search import indexing


def after_a_publication(sender: Any, instance: Any, **kwargs: Any) -> None:
    if indexing.is_indexed(type(instance)):
        indexing.index_objects([instance])


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


def connect() -> None:
    post_save.connect(after_a_booklet_was_asked_for, sender=BookletFile, dispatch_uid="dfs_pages.booklets")
    post_save.connect(after_a_book_was_uploaded, sender=BookImport, dispatch_uid="dfs_pages.books")
    published.connect(after_a_publication, dispatch_uid="dfs_pages.search")
    unpublished.connect(after_a_withdrawal, dispatch_uid="dfs_pages.search")
    post_page_move.connect(after_a_move, dispatch_uid="dfs_pages.search")
    for signal in (post_save, post_delete):
        signal.connect(after_access_was_changed, sender=PageViewRestriction, dispatch_uid="dfs_pages.search")
