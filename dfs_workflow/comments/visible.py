"""Who reads and writes which comments. Pages, feeds, the API, mails and the admin ask here and nowhere else.

A comment is as open as its page: where any language of the page is closed to somebody, so is what was said about it.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from dfs_workflow.models import ReaderComment
from dfs_workflow.models.gated import governed_types
from dfs_workflow.restrictions import hidden_from

MODERATE = "dfs_workflow.moderate_comments"
State = ReaderComment.State
# What waits for a moderator: flagged comments too that are still shown.
TO_DECIDE = Q(state__in=(State.HELD, State.HIDDEN)) | Q(state=State.SHOWN, flagged_at__isnull=False)


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
