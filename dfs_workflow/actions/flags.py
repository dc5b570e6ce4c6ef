"""A member flags a comment: it is hidden until a moderator has looked, but one person can't silence many."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_comments.models import CommentFlag

from dfs_workflow import conf, permissions
from dfs_workflow.comments.wording import plain
from dfs_workflow.models import Capability, Membership, PeopleRefused, ReaderComment
from dfs_workflow.notifications import comments as mails
from dfs_workflow.notifications import queue

State, FLAG = ReaderComment.State, CommentFlag.SUGGEST_REMOVAL
LONGEST = 4000  # of all reasons together


@transaction.atomic
def flag_comment(*, by: Any, comment: ReaderComment, reason: str, at: datetime) -> None:
    """Moderators are always told; not again once one of them kept it."""
    permissions.require(by, Capability.COMMENT)
    if comment.user_id == by.pk:
        raise PeopleRefused(_("This is your own comment: take it back instead of flagging it."))
    CommentFlag.objects.update_or_create(comment=comment.comment_ptr, user=by, flag=FLAG, defaults={"flag_date": at})
    comment.flag_reason = with_reason(comment.flag_reason, plain(reason))
    if comment.kept_at is None and comment.state == State.SHOWN:
        if hides(by, comment):
            comment.state, comment.is_public = State.HIDDEN, False
        comment.flagged_at = at
        queue.put(mails.tell_moderators, comment.pk, at.isoformat())
    comment.save()


def with_reason(known: str, reason: str) -> str:
    return known if reason in known.split("\n\n") else "\n\n".join(filter(None, [known, reason]))[:LONGEST]


def hides(by: Any, comment: ReaderComment) -> bool:
    """While few that this member flagged wait for a moderator, or together with a member of another organisation."""
    waiting = ReaderComment.objects.filter(state=State.HIDDEN, flags__user=by, flags__flag=FLAG)
    if waiting.count() < conf.flags_that_hide():
        return True
    flags = comment.flags.filter(flag=FLAG, flag_date__gte=comment.edited_at or comment.submit_date)
    members = Membership.objects.active().filter(user__in=flags.values("user"))
    return bool(members.values("organisation").distinct().count() > 1)
