"""Who flagged which comments, for moderators."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count
from django_comments.models import CommentFlag

from dfs_workflow.models import Membership, ReaderComment, name_of


@dataclass(frozen=True)
class Flagged:
    """`count`: what this member flagged so far; `kept`: of that what a moderator let stand."""

    name: str
    organisation: str
    count: int
    kept: int


def flags_of(comments: Collection[ReaderComment]) -> dict[int, list[Flagged]]:
    """As many queries for many comments as for one."""
    rows = CommentFlag.objects.filter(flag=CommentFlag.SUGGEST_REMOVAL)
    flags = list(rows.filter(comment__in=[row.pk for row in comments]).select_related("user").order_by("flag_date"))
    people = {flag.user_id for flag in flags}
    mine = rows.filter(user__in=people).order_by().values_list("user")
    counts = dict(mine.annotate(Count("pk")))
    kept = ReaderComment.objects.exclude(kept_at=None).values("pk")
    kept_counts = dict(mine.filter(comment__in=kept).annotate(Count("pk")))
    members = Membership.objects.active().filter(user__in=people).select_related("organisation")
    organisations = {row.user_id: str(row.organisation) for row in members}
    found: dict[int, list[Flagged]] = {}
    for flag in flags:
        who = flag.user_id
        row = Flagged(name_of(flag.user), organisations.get(who, ""), counts[who], kept_counts.get(who, 0))
        found.setdefault(flag.comment_id, []).append(row)
    return found
