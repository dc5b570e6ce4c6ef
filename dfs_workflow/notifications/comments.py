"""Mails about comments, each only to somebody who may read the page at the moment of sending."""

from typing import Any

from django_tasks import task

from dfs_workflow.comments import places, visible
from dfs_workflow.models import ReaderComment
from dfs_workflow.notifications.people import language_of, send


@task()
def tell_answered(comment_id: int) -> None:
    """To the author of the comment that was answered."""
    answer = ReaderComment.objects.filter(pk=comment_id).first()
    parent = ReaderComment.objects.filter(pk=answer.parent_id).first() if answer else None
    if answer is None or parent is None or parent.user is None or parent.user_id == answer.user_id:
        return
    if visible.comments_for(parent.user).filter(pk=answer.pk, state=ReaderComment.State.SHOWN).exists():
        mail("answered", answer, parent.user)


@task()
def tell_decision(comment_id: int) -> None:
    comment = ReaderComment.objects.filter(pk=comment_id).first()
    if comment is None or comment.user is None:
        return
    if visible.translations_to_read(comment.translation_key, comment.user):
        mail("comment_decided", comment, comment.user)


def mail(template: str, comment: ReaderComment, user: Any) -> None:
    language = language_of(user)
    place = places.places_of([comment], language).get(comment.translation_key)
    if place is None or not user.is_active:
        return
    context = {
        "title": f"{place.reference} {place.title}".strip(),
        "organisation": str(comment.organisation or ""),
        "text": comment.comment,
        "is_shown": comment.state == ReaderComment.State.SHOWN,
        "reason": comment.decision_reason,
    }
    send(template, user.email, language, context, url=lambda: place.comments_url)
