"""What somebody wants to hear by mail, and what becomes of mails that didn't arrive."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from dfs_workflow import permissions
from dfs_workflow.models import Capability, MailAddress, MailChoice, OutgoingMail, PeopleRefused
from dfs_workflow.notifications import bounces, post, queue, signed


@transaction.atomic
def set_mail_choice(
    *,
    by: Any,
    language: str,
    pace: str,
    tells_at_once: bool,
    languages: Sequence[str] = (),
    chapters: Sequence[str] = (),
) -> None:
    """`language` of the mails themselves; `languages` of the texts that they tell of."""
    fields = {"pace": pace, "tells_at_once": tells_at_once, "languages": [*languages], "chapters": [*chapters]}
    MailChoice.objects.update_or_create(user=by, defaults=fields)
    UserProfile.objects.update_or_create(user=by, defaults={"preferred_language": language})


def open_unsubscribe(token: str) -> tuple[Any, str]:
    """Whose link it is, and what it ends. It never grows old: who wants no mails must always get rid of them."""
    try:
        pk, topic = signing.loads(token, salt=signed.UNSUBSCRIBE_SALT)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise PeopleRefused(_("This link is not complete. Copy it once more from the mail.")) from error
    user = get_user_model()._default_manager.filter(pk=pk, is_active=True).first()
    if user is None:
        raise PeopleRefused(_("This account is closed; no mails are sent to it any more."))
    return user, topic


@transaction.atomic
def unsubscribe(*, token: str) -> None:
    """By whoever holds the mail; again it changes nothing."""
    user, topic = open_unsubscribe(token)
    choice = {"pace": MailChoice.Pace.OFF} if topic == post.DIGEST else {"tells_at_once": False}
    MailChoice.objects.update_or_create(user=user, defaults=choice)


@transaction.atomic
def resume_mails(*, by: Any) -> None:
    bounces.resume(by.email)


@transaction.atomic
def send_again(*, by: Any, mail: OutgoingMail, at: datetime) -> None:
    """By a steward who knows that it didn't arrive: nobody else sends the same mail twice."""
    permissions.require(by, Capability.MANAGE_PLATFORM)
    rows = OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.FAILED)
    if not rows.update(state=OutgoingMail.State.QUEUED, next_at=at, attempts=0, error=""):
        raise PeopleRefused(_("This mail does not wait to be sent again."))
    queue.put(post.deliver)


def forget_mails(user: Any) -> None:
    own = Q(person=user) | Q(address__iexact=user.email) if user.email else Q(person=user)
    OutgoingMail.objects.filter(own).delete()
    MailAddress.objects.filter(address=user.email.lower()).delete()
    MailChoice.objects.filter(user=user).delete()
