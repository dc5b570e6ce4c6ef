"""Comments of readers: written, edited, taken back, flagged, decided."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from django_comments.models import CommentFlag
from wagtail.models import Page

from dfs_workflow import conf, permissions
from dfs_workflow.actions.history import record
from dfs_workflow.comments import visible
from dfs_workflow.comments.wording import plain
from dfs_workflow.models import Capability, Membership, PeopleRefused, ReaderComment, why_not_second
from dfs_workflow.notifications import comments as mails
from dfs_workflow.notifications import queue

State, Kind = ReaderComment.State, ReaderComment.Kind


@transaction.atomic
def write_comment(
    *,
    by: Any,
    page: Page,
    kind: str,
    text: str,
    language: str,
    at: datetime,
    country: str = "",
    reply_to: ReaderComment | None = None,
    passed: Collection[int] = (),
) -> ReaderComment:
    permissions.require(by, Capability.COMMENT)
    if kind in ReaderComment.NOTES:
        permissions.require(by, Capability.SHARE_EXPERIENCE)
    if not visible.translations_to_read(page.translation_key, by, passed):
        raise permissions.NotAllowed(_("There is no such page, or you may not read it."))
    if reply_to and (reply_to.translation_key != page.translation_key or not reply_to.can_be_answered):
        raise PeopleRefused(_("This comment can't be answered any more. Write a comment of your own instead."))
    text = checked(text, by=by, page=page, at=at)
    membership = permissions.membership_of(by)
    assert membership is not None
    is_known = ReaderComment.objects.filter(user=by).exclude(accepted_at=None).exists()
    is_shown = is_known and kind not in ReaderComment.NOTES
    comment = ReaderComment(
        content_type=ContentType.objects.get_for_id(page.content_type_id),
        object_pk=str(page.pk),
        site_id=settings.SITE_ID,
        translation_key=page.translation_key,
        user=by,
        comment=text,
        kind=kind,
        language=language,
        organisation=membership.organisation,
        country=country_of(membership, country),
        submit_date=at,
        state=State.SHOWN if is_shown else State.HELD,
        accepted_at=at if is_shown else None,
        is_public=is_shown,
        parent_id=reply_to.pk if reply_to else 0,
    )
    comment.save()
    if is_shown:
        tell_answered(comment)
    else:
        queue.put(mails.tell_moderators, comment.pk, at.isoformat())
    return comment


def checked(text: str, *, by: Any, page: Page, at: datetime) -> str:
    """The text as it is kept; refused where it is empty, repeated, or one of too many."""
    text = plain(text)
    if not text:
        raise PeopleRefused(_("Write your comment first."))
    own = ReaderComment.objects.filter(user=by)
    if own.filter(submit_date__gt=at - timedelta(hours=1)).count() >= conf.comments_per_hour():
        raise PeopleRefused(_("You wrote many comments within an hour. Keep this one and send it later."))
    same = own.filter(translation_key=page.translation_key, comment=text).exclude(state=State.REMOVED)
    if same.filter(submit_date__gt=at - timedelta(days=1)).exists():
        raise PeopleRefused(_("You have already written this comment here."))
    return text


def country_of(membership: Membership, wanted: str) -> str:
    """One that the organisation speaks for; the only one where there is no choice."""
    codes = list(membership.organisation.countries.values_list("code", flat=True))
    if wanted in codes:
        return wanted
    return codes[0] if len(codes) == 1 else ""


def tell_answered(comment: ReaderComment) -> None:
    if comment.parent_id != comment.pk:
        queue.put(mails.tell_answered, comment.pk)


@transaction.atomic
def edit_comment(*, by: Any, comment: ReaderComment, text: str, at: datetime) -> None:
    permissions.require(by, Capability.COMMENT)
    if not comment.may_still_be_edited(by, at):
        minutes = conf.comment_edit_minutes()
        raise PeopleRefused(
            _("A comment can be edited for %(minutes)d minutes. Take it back and write another one.")
            % {"minutes": minutes}
        )
    comment.comment = plain(text)
    if not comment.comment:
        raise PeopleRefused(_("Write your comment first."))
    comment.edited_at, comment.kept_at = at, None
    comment.save()


@transaction.atomic
def take_back_comment(*, by: Any, comment: ReaderComment, at: datetime) -> None:
    """Its words are forgotten; answers to it stay."""
    if comment.user_id != by.pk:
        raise permissions.NotAllowed(_("Only its author takes a comment back."))
    comment.comment, comment.flag_reason = "", ""
    comment.state, comment.is_public, comment.is_removed, comment.edited_at = State.REMOVED, False, True, at
    comment.save()


@transaction.atomic
def decide_comment(*, by: Any, comment: ReaderComment, show: bool, at: datetime, reason: str = "") -> None:
    if not visible.can_moderate(by):
        raise permissions.NotAllowed(_("Only moderators decide about comments."))
    if comment.user_id == by.pk:
        raise PeopleRefused(_("This is your own comment: another moderator decides about it."))
    if why := why_not_second(by, {comment.user_id}):
        raise PeopleRefused(why)
    if not show and not plain(reason):
        raise PeopleRefused(_("Say why: the person is told your reason."))
    is_first_time = comment.accepted_at is None
    if show and not comment.comment:
        raise PeopleRefused(_("Its author took this comment back: there is nothing to show."))
    was_flagged = comment.flagged_at is not None or comment.state == State.HIDDEN
    comment.state = State.SHOWN if show else State.REMOVED
    comment.is_public, comment.is_removed = show, not show
    comment.decided_by, comment.decision_reason, comment.flagged_at = by, plain(reason), None
    if show:
        comment.accepted_at = comment.accepted_at or at
        comment.kept_at = at if was_flagged else comment.kept_at
    comment.save()
    details = {"comment": comment.pk, "reason": comment.decision_reason}
    action = "comment.shown" if show else "comment.removed"
    record(action=action, by=by, at=at, about=comment.user, details=details)
    queue.put(mails.tell_decision, comment.pk, at.isoformat(), show)
    if show and is_first_time:
        tell_answered(comment)


def forget_comments(user: Any) -> None:
    """Their words go with their author; an empty row keeps the answers in their place."""
    own = ReaderComment.objects.filter(user=user)
    CommentFlag.objects.filter(user=user).delete()
    ReaderComment.objects.filter(pk__in=list(own.values_list("pk", flat=True))).update(
        user=None, comment="", flag_reason="", decision_reason="", state=State.REMOVED, is_public=False, is_removed=True
    )
