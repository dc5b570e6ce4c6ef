"""Parts of a proposal before they are saved."""

from typing import Any

from wagtail.models import Page, Revision

from dfs_workflow.models import ProposalItem, is_governed
from dfs_workflow.proposals.content import differing


def item_on(subject: Any, kind: str) -> ProposalItem:
    where = (
        {"page_id": subject.pk, "chapter_id": chapter_of(subject).pk}
        if isinstance(subject, Page)
        else {"snippet": subject}
    )
    return ProposalItem(
        kind=kind,
        page_title=str(subject)[:255],
        reference=getattr(subject, "reference", ""),
        language=subject.locale.language_code,
        base_revision=subject.live_revision,
        **where,
    )


def edit_item(subject: Any, base: Revision, before: dict[str, Any], after: dict[str, Any]) -> ProposalItem:
    item = item_on(subject, ProposalItem.Kind.EDIT)
    item.base_revision = base
    item.base, item.proposed = differing(before, after)
    return item


def chapter_of(page: Page) -> Page:
    """The page itself where others stand under it, or else the page above."""
    parent = page.get_parent().specific
    return parent if page.is_leaf() and is_governed(parent) else page
