"""Who may do what in the admin with a template and with the look of its files."""

from __future__ import annotations

from typing import Any

from dfs_mou.models import ClausePage, HouseStyle, MouTemplatePage, QuestionGroupPage
from dfs_workflow.models import why_not_second

OURS = (MouTemplatePage, QuestionGroupPage, ClausePage)


def can_check(user: Any, template: MouTemplatePage) -> bool:
    return bool(template.permissions_for_user(user).can_edit())


def can_write_in(user: Any, page: MouTemplatePage | QuestionGroupPage | ClausePage) -> bool:
    """Whoever may change the page or write one below its template reads the drafts of the template."""
    template = page if isinstance(page, MouTemplatePage) else page.get_parent().specific
    rights = page.permissions_for_user(user)
    return bool(rights.can_edit() or template.permissions_for_user(user).can_add_subpage())


def can_propose_house_style(user: Any) -> bool:
    return bool(user.has_perm("dfs_mou.add_housestyle"))


def can_approve_house_styles(user: Any) -> bool:
    return bool(user.has_perm("dfs_mou.approve_housestyle"))


def can_approve_house_style(user: Any, style: HouseStyle) -> bool:
    """Nobody alone, superusers neither."""
    is_other = why_not_second(user, {style.proposed_by_id}) is None
    return is_other and style.approved_at is None and can_approve_house_styles(user)


def sees_house_styles(user: Any) -> bool:
    return can_propose_house_style(user) or can_approve_house_styles(user)
