"""Who reads and writes which comments. Pages, feeds, the API, mails and the admin ask here and nowhere else.

A comment is as open as its page: where any language of the page is closed to somebody, so is what was said about it.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction

from dfs_workflow.models import ReaderComment
from dfs_workflow.models.gated import governed_types

MODERATE = "dfs_workflow.moderate_comments"
State = ReaderComment.State


def can_moderate(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm(MODERATE))


def comments_for(user: Any, passed: Collection[int] = (), *, moderating: bool = False) -> Any:
    """`passed`: the view restrictions whose password this session gave. Moderators also see what isn't shown."""
    rows = on_readable_pages(ReaderComment.objects.select_related("user", "organisation"), user, passed)
    if moderating:
        return rows if can_moderate(user) else rows.none()
    seen = Q(state=State.SHOWN)
    if user.is_authenticated:
        seen |= Q(state=State.HELD, user=user)
    return rows.filter(seen)


def on_readable_pages(rows: Any, user: Any, passed: Collection[int] = ()) -> Any:
    """Of rows that hang on the translation key of a page."""
    hidden = hidden_from(user, passed)
    closed = Page.objects.filter(hidden).order_by().values("translation_key")
    opened = readable(hidden).order_by().values("translation_key")
    return rows.filter(translation_key__in=opened).exclude(translation_key__in=closed)


def readable(hidden: Q) -> Any:
    return Page.objects.filter(live=True, content_type__in=governed_types(Page)).exclude(hidden)


def translations_to_read(key: Any, user: Any, passed: Collection[int] = ()) -> list[Page]:
    """The page in its languages; nothing where one of them is closed to this person."""
    hidden = hidden_from(user, passed)
    if Page.objects.filter(hidden, translation_key=key).exists():
        return []
    return list(readable(hidden).filter(translation_key=key).select_related("locale"))


def open_keys(hidden: Q, keys: Collection[Any]) -> tuple[set[Any], set[Any]]:
    """Of translation keys: those whose page may be read, and those of pages that are gone but were closed to nobody."""
    pages = Page.objects.filter(translation_key__in=keys).order_by()
    closed = set(pages.filter(hidden).values_list("translation_key", flat=True))
    live = set(readable(hidden).filter(translation_key__in=keys).order_by().values_list("translation_key", flat=True))
    gone = set(pages.values_list("translation_key", flat=True)) - live
    return live - closed, gone - closed


def hidden_from(user: Any, passed: Collection[int] = ()) -> Q:
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    hidden, groups = Q(pk__in=[]), None
    for restriction in restrictions:
        if restriction.restriction_type == PageViewRestriction.GROUPS and groups is None:
            groups = set(user.groups.values_list("pk", flat=True)) if user.is_authenticated else set()
        if not opens(restriction, user, passed, groups or set()):
            hidden |= Q(path__startswith=restriction.page.path)
    return hidden


def opens(restriction: PageViewRestriction, user: Any, passed: Collection[int], groups: set[int]) -> bool:
    if restriction.restriction_type == PageViewRestriction.PASSWORD:
        return restriction.pk in passed
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return user.is_superuser or any(group.pk in groups for group in restriction.groups.all())
    return bool(user.is_authenticated)


def passed_by(request: HttpRequest) -> list[int]:
    return list(request.session.get(PageViewRestriction.passed_view_restrictions_session_key, []))
