"""The only way out for mails: written as a row, sent by the worker, tried again with patience, never sent twice.

A mail is claimed before it is sent. Where the worker dies in between, or the line breaks before the server answered,
nobody knows whether it went out: it is reported to the stewards and not sent again by itself.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task
from wagtail.admin.utils import get_admin_base_url

from dfs_workflow.models import MailAddress, MailChoice, OutgoingMail, mail_words
from dfs_workflow.notifications import bounces, queue, signed
from dfs_workflow.notifications.letter import letter

logger = logging.getLogger(__name__)

State = OutgoingMail.State
MINUTES = (1, 5, 30, 120, 360, 720)  # between two attempts; after the last one it has failed
AT_ONCE = 100
DIGEST, DUTIES = "digest", "duties"
# What waits for somebody, or answers them: who doesn't want it at once finds it on the pages.
DUTY_KINDS = frozenset(
    (
        "awaiting",
        "reminder",
        "overdue",
        "decided",
        "emergency",
        "emergencies",
        "fact_checked",
        "admit",
        "confirm",
        "moderation",
    )
    + ("proposal", "proposed", "remark", "assigned", "answered", "comment_decided", "reviews_due", "broken_links")
    + ("consultation_closing", "held_back", "votes_void")
)
# What a person asked for just now goes out even where mails came back before.
ASKED_FOR = frozenset({"verify", "known", "account"})


def write(
    kind: str,
    address: str,
    language: str,
    *,
    subject: str,
    body: str,
    about: str,
    person: Any = None,
    reply_to: str = "",
    wake: bool = True,
) -> bool:
    """`about`: the event, so that the same one is never told twice to the same address. True where it is new."""
    if not address or (person is not None and not is_wanted(kind, person)):
        return False
    key = hashlib.sha256(f"{kind}\n{about}\n{address.lower()}".encode()).hexdigest()
    now = timezone.now()
    fields = {
        "kind": kind,
        "person": person,
        "address": address,
        "language": language,
        "subject": " ".join(subject.split()),
        "body": body,
        "headers": headers(kind, person, language, reply_to),
        "created_at": now,
        "next_at": now,
    }
    with transaction.atomic():
        _row, is_new = OutgoingMail.objects.get_or_create(key=key, defaults=fields)
        if is_new and wake:
            queue.put(deliver)
    return is_new


def is_wanted(kind: str, person: Any) -> bool:
    return kind not in DUTY_KINDS or MailChoice.of(person).tells_at_once


def headers(kind: str, person: Any, language: str, reply_to: str) -> dict[str, str]:
    """RFC 8058: a program may unsubscribe with one request, without a session."""
    found = {"Reply-To": reply_to} if reply_to else {}
    topic = DIGEST if kind == DIGEST else DUTIES if kind in DUTY_KINDS else ""
    if person is not None and topic:
        found["List-Unsubscribe"] = f"<{unsubscribe_url(person, topic, language)}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def unsubscribe_url(person: Any, topic: str, language: str) -> str:
    with override(language):
        path = reverse("dfs_workflow:unsubscribe", args=[signed.unsubscribe_token(person.pk, topic)])
    return f"{get_admin_base_url() or ''}{path}"


@task(priority=queue.SOON)
def deliver() -> None:
    """What is due, over one connection; the rest is put into the queue again, so that other work comes between."""
    line = Line()
    try:
        for pk in list(OutgoingMail.objects.due(timezone.now()).values_list("pk", flat=True)[:AT_ONCE]):
            deliver_one(pk, line)
    finally:
        line.close()
    if OutgoingMail.objects.due(timezone.now()).exists():
        queue.put(deliver)


def deliver_one(pk: int, line: "Line") -> None:
    line.open()
    row = claim(pk, timezone.now())
    if row is None:
        return
    if line.failure:
        postpone(row, line.failure, timezone.now())
    elif why := why_not(row):
        finish(row, State.FAILED, error=why)
    else:
        send(row, line)


def claim(pk: int, at: datetime) -> OutgoingMail | None:
    """For one worker alone: of two that try, the database lets one change the row."""
    rows = OutgoingMail.objects.filter(pk=pk, state=State.QUEUED)
    if not rows.update(state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1):
        return None
    return OutgoingMail.objects.select_related("person").get(pk=pk)


def why_not(row: OutgoingMail) -> str:
    if row.person is not None and not row.person.is_active:
        return mail_words.CLOSED
    if row.kind not in ASKED_FOR and MailAddress.is_paused(row.address):
        return mail_words.PAUSED
    return ""


def send(row: OutgoingMail, line: "Line") -> None:
    try:
        line.connection.send_messages([message(row)])
    except SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()), (550, b""))
        answered(row, code, f"{code} {text_of(words)}", is_address=True)
    except SMTPResponseException as error:
        line.close()
        answered(row, error.smtp_code, f"{error.smtp_code} {text_of(error.smtp_error)}")
    except (SMTPException, OSError) as error:
        line.close()
        finish(row, State.FAILED, error=f"{mail_words.UNCLEAR}{said(error)}")
    except ValueError as error:  # a header or an address that can't be written
        finish(row, State.FAILED, error=said(error))
    else:
        finish(row, State.SENT)


def message(row: OutgoingMail) -> Any:
    with override(row.language):
        found = letter(row.subject, row.body, row.address, headers=row.headers)
    # The server is told another sender than the reader, so that what comes back names the mail.
    if back := signed.return_path(row.pk):
        found.extra_headers["From"] = found.from_email
        found.from_email = back
    return found


def answered(row: OutgoingMail, code: int, error: str, *, is_address: bool = False) -> None:
    """4xx: later. 5xx: never; where it is the address that the server doesn't take, it has come back."""
    if 400 <= code < 500:
        postpone(row, error, timezone.now())
        return
    finish(row, State.FAILED, error=error)
    if is_address:
        bounces.record(row, error, at=timezone.now())


def postpone(row: OutgoingMail, error: str, at: datetime) -> None:
    if row.attempts > len(MINUTES):
        finish(row, State.FAILED, error=error)
        return
    row.state, row.error = State.QUEUED, error[:300]
    row.next_at = at + timedelta(minutes=MINUTES[row.attempts - 1])
    row.save(update_fields=["state", "error", "next_at"])
    logger.warning("A mail of the kind %s waits: %s", row.kind, error)


def finish(row: OutgoingMail, state: str, *, error: str = "") -> None:
    row.state, row.error = state, error[:300]
    if state == State.SENT:
        row.sent_at, row.subject, row.body, row.headers = timezone.now(), "", "", {}
    row.save(update_fields=["state", "error", "sent_at", "subject", "body", "headers"])
    if state == State.FAILED:
        logger.error("A mail of the kind %s was not sent: %s", row.kind, error)


def report_interrupted(at: datetime) -> int:
    rows = list(OutgoingMail.objects.interrupted(at))
    for row in rows:
        finish(row, State.FAILED, error=f"{mail_words.UNCLEAR}the worker died")
    return len(rows)


def said(error: BaseException) -> str:
    code = f"{error.smtp_code} " if isinstance(error, SMTPResponseException) else ""
    return f"{code}{type(error).__name__}"


def text_of(words: Any) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


class Line:
    """To the mail server; opened when the first mail needs it, and again after it broke.

    A server that can't be reached is asked once, not once for each mail: the worker has other things to do.
    """

    def __init__(self) -> None:
        self.connection: Any = None
        self.failure = ""

    def open(self) -> None:
        if self.connection is not None or self.failure:
            return
        connection = get_connection()
        try:
            connection.open()
        except (SMTPException, OSError) as error:
            self.failure = said(error)
        else:
            self.connection = connection

    def close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()
