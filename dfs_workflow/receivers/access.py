"""Where a page stands and who may read it."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    pre_page_move,
)

from dfs_workflow import gate
from dfs_workflow.models import (
    Decision,
)


def before_a_page_is_moved(
    sender: Any, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Order among brothers and sisters is free; under another parent the address changes."""
    if parent_page_before.pk != parent_page_after.pk and gate.live_governed_pages(instance).exists():
        gate.require_permit(Decision.Kind.MOVE, instance)


def before_access_is_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    if kwargs.get("raw") or goes_with_its_page(kwargs.get("origin")):
        return
    for page in pages_of(instance):
        gate.guard_access(page)


def after_access_was_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    if not kwargs.get("raw") and not goes_with_its_page(kwargs.get("origin")):
        gate.note_access(instance.page)


def goes_with_its_page(origin: Any) -> bool:
    """Deleting the page has its own guard."""
    return isinstance(origin, Page) or issubclass(getattr(origin, "model", object), Page)


def pages_of(restriction: PageViewRestriction) -> list[Page]:
    """It may have stood on another page before."""
    stored = Page.objects.filter(view_restrictions=restriction.pk) if restriction.pk else Page.objects.none()
    return list({page.pk: page for page in [*stored, restriction.page]}.values())


def when_groups_of_readers_change(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    """Comes before and after, and from both ends: a restriction gets groups, or a group gets restrictions."""
    if isinstance(instance, PageViewRestriction):
        restrictions = [instance]
    elif action == "pre_clear":
        restrictions = list(instance.pageviewrestriction_set.select_related("page"))
    else:
        restrictions = list(PageViewRestriction.objects.filter(pk__in=kwargs["pk_set"] or ()).select_related("page"))
    for restriction in restrictions:
        (gate.guard_access if action.startswith("pre_") else gate.note_access)(restriction.page)


def connect() -> None:
    pre_page_move.connect(before_a_page_is_moved, dispatch_uid="dfs_workflow.move")
    for signal in (pre_save, pre_delete):
        signal.connect(before_access_is_changed, sender=PageViewRestriction, dispatch_uid="dfs_workflow.access")
    for signal in (post_save, post_delete):
        signal.connect(after_access_was_changed, sender=PageViewRestriction, dispatch_uid="dfs_workflow.access_noted")
    m2m_changed.connect(
        when_groups_of_readers_change, sender=PageViewRestriction.groups.through, dispatch_uid="dfs_workflow.groups"
    )
