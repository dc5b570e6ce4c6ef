"""Changes to what is live that are not publications; each needs two people.

Wagtail's own checks are skipped: they ask for the right to publish, which nobody has.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.actions.delete import DeleteAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

from dfs_workflow import gate
from dfs_workflow.models import BundleItem, PermanentReference, PublicationRefused, Referenced


def carry_out(*, item: BundleItem, by: Any, asked_by: Any, reason: str) -> None:
    rows = item.content_type.get_all_objects_for_this_type(pk=item.object_id)
    row = rows.select_for_update().first()
    if row is None:
        return  # deleted together with the page above it
    if by is None or by == asked_by:
        raise PublicationRefused(_("Somebody else than who asked has to decide."))
    instance = row.specific if isinstance(row, Page) else row
    told = item.details.get("public_reason", "")
    with gate.permit(item.kind, reason=reason, by=by, public_reason=told):
        changes_for(instance)[item.kind](instance, by, item.details)


def changes_for(instance: Any) -> "Changes":
    """What can be asked for: a snippet stands nowhere and has no readers of its own."""
    return PAGE_CHANGES if isinstance(instance, Page) else SNIPPET_CHANGES


def withdraw(page: Page, by: Any, details: dict[str, Any]) -> None:
    """With everything under it: a statement without its chapter would still be found at its own address."""
    for live in page.get_descendants(inclusive=True).live().order_by("-depth").specific():
        UnpublishPageAction(live, user=by).execute(skip_permission_checks=True)
    if isinstance(page, Referenced):
        PermanentReference.objects.filter(pk=page.reference).update(
            withdrawal_reason=details.get("reason", ""),
            successor=details.get("successor", ""),
            hides_words=bool(details.get("hides_words")),
        )


def delete(page: Page, by: Any, details: dict[str, Any]) -> None:
    DeletePageAction(page, user=by).execute(skip_permission_checks=True)


def move(page: Page, by: Any, details: dict[str, Any]) -> None:
    target = Page.objects.filter(pk=details.get("parent")).first()
    parent = target and (target.get_translation_or_none(page.locale) or target)
    inside_itself = parent is not None and parent.path.startswith(page.path)
    if parent is None or inside_itself or parent.locale_id != page.locale_id or not page.can_move_to(parent):
        raise PublicationRefused(_("“%(title)s” can't stand under the chosen page.") % {"title": page})
    MovePageAction(page, parent.specific, pos="last-child", user=by).execute(skip_permission_checks=True)


def restrict(page: Page, by: Any, details: dict[str, Any]) -> None:
    kind = details.get("restriction_type", PageViewRestriction.NONE)
    for restriction in PageViewRestriction.objects.filter(page=page):
        restriction.delete(user=by)
    if kind == PageViewRestriction.NONE:
        return
    if kind not in {PageViewRestriction.LOGIN, PageViewRestriction.GROUPS}:
        raise PublicationRefused(_("Choose who may read “%(title)s”.") % {"title": page})
    restriction = PageViewRestriction(page=page, restriction_type=kind)
    restriction.save(user=by)
    restriction.groups.set(Group.objects.filter(pk__in=details.get("groups", [])))


def withdraw_snippet(snippet: Any, by: Any, details: dict[str, Any]) -> None:
    UnpublishAction(snippet, user=by).execute(skip_permission_checks=True)


def delete_snippet(snippet: Any, by: Any, details: dict[str, Any]) -> None:
    DeleteAction(snippet, user=by).execute(skip_permission_checks=True)


Changes = dict[str, Callable[[Any, Any, dict[str, Any]], None]]
PAGE_CHANGES: Changes = {
    BundleItem.Kind.WITHDRAW: withdraw,
    BundleItem.Kind.DELETE: delete,
    BundleItem.Kind.MOVE: move,
    BundleItem.Kind.RESTRICT: restrict,
}
SNIPPET_CHANGES: Changes = {BundleItem.Kind.WITHDRAW: withdraw_snippet, BundleItem.Kind.DELETE: delete_snippet}
