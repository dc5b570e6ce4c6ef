"""Who may open which screen of the editors; whether a text may be read is asked of `dfs_workflow.query`."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from dfs_pages.models import BookImport, BrokenLink, ChapterPage, IndexPage


def can_see_due_reviews(user: Any) -> bool:
    return bool(user.has_perm("wagtailadmin.access_admin"))


def can_see_broken_links(user: Any) -> bool:
    return bool(user_has_any_page_permission(user))


def broken_links_for(user: Any) -> QuerySet[BrokenLink]:
    """On the pages that this person works on, as in Wagtail's own explorer."""
    pages = page_permission_policy.instances_user_has_any_permission_for(user, {"add", "change", "publish", "lock"})
    found: QuerySet[BrokenLink] = BrokenLink.objects.filter(page__in=pages.order_by())
    return found


def can_see_undefined_terms(user: Any) -> bool:
    return bool(user.has_perm("dfs_pages.change_glossaryterm"))


def can_see_import(user: Any, row: BookImport) -> bool:
    return bool(row.by == user or user.is_superuser)


def places_for_a_book(user: Any) -> QuerySet[Page]:
    """Lists and chapters of the first level below which this person may add pages."""
    lists = Page.objects.type(IndexPage).filter(depth=3)
    chapters = Page.objects.type(ChapterPage).filter(depth=4)
    allowed = [page.pk for page in (*lists, *chapters) if page.specific.permissions_for_user(user).can_add_subpage()]
    places: QuerySet[Page] = Page.objects.filter(pk__in=allowed).order_by("path")
    return places
