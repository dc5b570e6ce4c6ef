"""Mails about comments, each only to somebody who may read the page at the moment of sending."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from dfs_workflow.comments import places, visible
from dfs_workflow.models import ReaderComment
from dfs_workflow.notifications import queue, signed
from dfs_workflow.notifications.people import address, language_of, send
from dfs_workflow.stewardship import holders


@task(priority=queue.SOON)
def tell_answered(comment_id: int) -> None:
    """To the author of the comment that was answered."""
    answer = ReaderComment.objects.filter(pk=comment_id).first()
    parent = ReaderComment.objects.filter(pk=answer.parent_id).first() if answer else None
    if answer is None or parent is None or parent.user is None or parent.user_id == answer.user_id:
        return
    if visible.comments_for(parent.user).filter(pk=answer.pk, state=ReaderComment.State.SHOWN).exists():
        reply_to = signed.reply_to(parent.user_id, answer.pk, timezone.localdate())
        mail("answered", answer, parent.user, about=answer.pk, reply_to=reply_to)


@task(priority=queue.SOON)
def tell_moderators(comment_id: int, at: str) -> None:
    """Of what is held or flagged: to those who may decide and may read the page, and never to its author."""
    comment = ReaderComment.objects.filter(visible.TO_DECIDE, pk=comment_id).first()
    if comment is None:
        return
    for user in holders("moderate_comments").exclude(pk=comment.user_id):
        if visible.comments_for(user, moderating=True).filter(pk=comment_id).exists():
            mail("moderation", comment, user, about=f"{comment_id} {at}", url=comments_to_decide)


@task(priority=queue.SOON)
def tell_decision(comment_id: int, at: str, show: bool | None = None) -> None:
    """Not where it was decided otherwise meanwhile: that is told by itself, and would be told twice."""
    comment = ReaderComment.objects.filter(pk=comment_id).first()
    if comment is None or comment.user is None:
        return
    if show is not None and show != (comment.state == ReaderComment.State.SHOWN):
        return
    if visible.translations_to_read(comment.translation_key, comment.user):
        mail("comment_decided", comment, comment.user, about=f"{comment_id} {at}")


def comments_to_decide() -> str:
    return reverse("dfs_workflow_comments")


def mail(template: str, comment: ReaderComment, user: Any, *, about: Any, reply_to: str = "", url: Any = None) -> None:
    language = language_of(user)
    place = places.places_of([comment], language).get(comment.translation_key)
    if place is None or not user.is_active:
        return
    context = {
        "title": f"{place.reference} {place.title}".strip(),
        "organisation": str(comment.organisation or ""),
        "text": comment.comment,
        "is_flagged": comment.flagged_at is not None,
        "flag_reason": comment.flag_reason,
        "is_shown": comment.state == ReaderComment.State.SHOWN,
        "reason": comment.decision_reason,
    }
    url = url or address("comments", place.path)
    send(template, user.email, language, context, about=about, person=user, url=url, reply_to=reply_to)
