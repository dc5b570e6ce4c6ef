"""Mails that arrive: an answer becomes a comment, what came back is recorded, everything else is nobody's."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.admin.utils import get_admin_base_url

from dfs_workflow import conf
from dfs_workflow.actions.comments import write_comment
from dfs_workflow.comments import places, visible
from dfs_workflow.forms.comments import MOST_CHARACTERS
from dfs_workflow.inbox.delivery import reports_in
from dfs_workflow.inbox.reading import Incoming, parse, words_of
from dfs_workflow.models import OutgoingMail, PeopleRefused, ReaderComment
from dfs_workflow.models.reader_comment import DEEPEST
from dfs_workflow.notifications import bounces, post, signed
from dfs_workflow.notifications.people import language_of
from dfs_workflow.permissions import NotAllowed

Kind, State = ReaderComment.Kind, ReaderComment.State
# Who sees an address in somebody else's mail could write to it all day, and each refusal lands in that mailbox.
REFUSED, REFUSALS_A_DAY = "not_taken", 3


class NobodyHere(Exception):
    """No address of ours, or not one that was written here: for the mail server to refuse."""


class NotYours(PeopleRefused):
    """Written by somebody else: their words are not passed on."""


def receive_mail(*, data: bytes, at: datetime, recipient: str = "") -> str:
    """What became of it, in one sentence for the log. `recipient`: as the mail server knows it."""
    incoming = parse(data)
    for address in [recipient] if recipient else incoming.recipients:
        try:
            if signed.is_ours(address, conf.bounce_address()):
                return take_back(incoming, signed.read_return_path(address), at=at)
            if signed.is_ours(address, conf.reply_address()):
                return take_answer(incoming, *signed.read_reply(address), at=at)
        except signed.BadAddress as error:
            raise NobodyHere("This address was not written by the platform.") from error
    raise NobodyHere("No such address here.")


def take_back(incoming: Incoming, mail_id: int, *, at: datetime) -> str:
    mail = OutgoingMail.objects.filter(pk=mail_id).first()
    final = [report for report in reports_in(incoming.message) if report.is_final]
    if mail is None or not final:
        return "Ignored: nothing came back for good."
    is_new = bounces.record(mail, f"{final[0].status} {final[0].diagnostic}", at=at)
    return "Recorded: a mail came back." if is_new else "Ignored: it came back before."


def take_answer(incoming: Incoming, user_id: int, comment_id: int, last_day: Any, *, at: datetime) -> str:
    """Whoever is refused hears why, at the address of their account and nowhere else."""
    user = get_user_model()._default_manager.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NobodyHere("This address belongs to an account that is closed.")
    if incoming.is_automatic:
        return "Ignored: written by a program."
    text, files = words_of(incoming.message)
    with override(language_of(user)):
        try:
            with transaction.atomic():
                if incoming.sender != user.email.lower():
                    raise NotYours(
                        _("It came from another address than that of your account, so nothing of it was published.")
                    )
                answer(user, comment_id, last_day, with_note(text, files), at=at)
        except (PeopleRefused, NotAllowed) as refusal:
            if was_told_enough(user, at):
                return "Refused: the member heard of others today and is told no more."
            words = "" if isinstance(refusal, NotYours) else text
            about = incoming.identity or at.isoformat()
            tell_refused(user, str(refusal), words, url=page_of(user, comment_id), about=about)
            return "Refused: the member is told why."
    return "Taken as a comment."


def answer(user: Any, comment_id: int, last_day: Any, text: str, *, at: datetime) -> None:
    if timezone.localdate(at) > last_day:
        raise PeopleRefused(_("The mail you answered is too old. Write your comment on the page."))
    if len(text) > MOST_CHARACTERS:
        raise PeopleRefused(_("It is longer than %(count)d characters.") % {"count": MOST_CHARACTERS})
    comment = visible.comments_for(user).filter(pk=comment_id, state=State.SHOWN).first()
    if comment is None:
        raise PeopleRefused(_("The comment you answer is not shown any more."))
    if comment.level >= DEEPEST:  # beside it, as the thread goes no deeper
        comment = visible.comments_for(user).filter(pk=comment.parent_id, state=State.SHOWN).first() or comment
    place = places.places_of([comment], language_of(user))[comment.translation_key]
    kind = comment.kind if comment.kind not in ReaderComment.NOTES else Kind.QUESTION
    write_comment(by=user, page=place.page, kind=kind, text=text, language=language_of(user), at=at, reply_to=comment)


def with_note(text: str, files: int) -> str:
    if not text or not files:
        return text
    note = ngettext("(%(count)d attachment was not taken over.)", "(%(count)d attachments were not taken over.)", files)
    return f"{text}\n\n{note % {'count': files}}"


def was_told_enough(user: Any, at: datetime) -> bool:
    told = OutgoingMail.objects.filter(person=user, kind=REFUSED, created_at__gt=at - timedelta(days=1))
    return told.count() >= REFUSALS_A_DAY


def page_of(user: Any, comment_id: int) -> str:
    """Where they can write it after all, if they may read it; in the language that is active."""
    comments = list(visible.comments_for(user).filter(pk=comment_id))
    found = places.places_of(comments, language_of(user)).values()
    return next((f"{get_admin_base_url() or ''}{place.comments_url}" for place in found), "")


def tell_refused(user: Any, reason: str, text: str, *, url: str, about: str) -> None:
    """In the language that is active."""
    context = {"reason": reason, "text": text, "url": url}
    subject = render_to_string("dfs_workflow/mail/not_taken_subject.txt", context)
    body = render_to_string("dfs_workflow/mail/not_taken.txt", context)
    language = language_of(user)
    post.write(REFUSED, user.email, language, subject=subject, body=body, about=about, person=user)
