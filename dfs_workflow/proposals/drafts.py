"""Parts of a proposal before they are saved."""

from typing import Any

from wagtail.models import Page, Revision

from dfs_workflow.models import ProposalItem, is_governed
from dfs_workflow.proposals.content import differing


def item_on(page: Page, kind: str) -> ProposalItem:
    return ProposalItem(
        kind=kind,
        page_id=page.pk,
        chapter_id=chapter_of(page).pk,
        page_title=page.title,
        reference=getattr(page, "reference", ""),
        language=page.locale.language_code,
        base_revision=page.live_revision,
    )


def edit_item(page: Page, base: Revision, before: dict[str, Any], after: dict[str, Any]) -> ProposalItem:
    item = item_on(page, ProposalItem.Kind.EDIT)
    item.base_revision = base
    item.base, item.proposed = differing(before, after)
    return item


def chapter_of(page: Page) -> Page:
    """The page itself where others stand under it, or else the page above."""
    parent = page.get_parent().specific
    return parent if page.is_leaf() and is_governed(parent) else page
