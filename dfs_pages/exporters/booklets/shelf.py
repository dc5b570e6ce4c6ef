"""Booklets that are ready, and those that are being made: each once, in the background, until its content changes."""

import hashlib
import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dfs_pages import conf
from dfs_pages.exporters.booklets.making import ARCHIVE, content_of, subject_of
from dfs_pages.models import BookletFile
from dfs_pages.query import source_language
from dfs_workflow.models import ContentVersion

logger = logging.getLogger(__name__)
State = BookletFile.State
KEPT = timedelta(days=30)
ATTEMPTS = 2


class TooManyWaiting(Exception):
    """The worker has enough to do."""


def find(path: str, language: str, format: str) -> BookletFile | None:
    """Without its bytes."""
    rows = BookletFile.objects.filter(path=path, language=language_of(language, format), format=format)
    return rows.defer("file").first()


def language_of(language: str, format: str) -> str:
    return "" if format == ARCHIVE else language


@transaction.atomic
def ask(path: str, language: str, format: str, *, at: datetime) -> BookletFile:
    """Puts it into the queue, unless it is ready, on its way or just failed. The caller knows that it may be read."""
    language, version = language_of(language, format), ContentVersion.current()
    values = {"state": State.FAILED, "asked_at": at - KEPT}
    row, _created = BookletFile.objects.defer("file").get_or_create(
        path=path, language=language, format=format, defaults=values
    )
    if row.is_ready(version) or row.is_under_way(at) or row.has_failed(at, version):
        return row
    if BookletFile.objects.filter(state__in=(State.WAITING, State.MAKING)).count() >= conf.booklets_waiting():
        raise TooManyWaiting
    # Of two who ask at the same moment, one changes the row.
    mine = BookletFile.objects.filter(pk=row.pk, state=row.state, asked_at=row.asked_at)
    row.state, row.asked_at, row.attempts = State.WAITING, at, 0
    if mine.update(state=row.state, asked_at=at, attempts=0):
        row.save(update_fields=["state"])
    return row


def make(booklet_id: int) -> None:
    """Once: a task that is run again finds it made. What fails is tried a second time, then reported."""
    waiting = BookletFile.objects.filter(pk=booklet_id, state=State.WAITING)
    if not waiting.update(state=State.MAKING, attempts=F("attempts") + 1):
        return
    row = BookletFile.objects.defer("file").get(pk=booklet_id)
    version = ContentVersion.current()
    try:
        fill(row, version)
    except Exception as error:  # noqa: BLE001 - whatever ended a renderer, the reader has to be told
        again = row.attempts < ATTEMPTS
        logger.error("The booklet %s could not be made (attempt %s): %s", row, row.attempts, error, exc_info=not again)
        row.state, row.version = State.WAITING if again else State.FAILED, version
        row.save(update_fields=["state", "version"])
    BookletFile.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()


def fill(row: BookletFile, version: int) -> None:
    """The version is read before the content: what is published meanwhile is made anew at the next request."""
    language = row.language or source_language()
    subject = subject_of(row.path, language)
    if subject is None:
        row.delete()
        return
    content = content_of(subject, language, row.format)
    changed = ["state", "version"]
    if content.sha256 != row.content_sha256:
        row.file = content.file()
        row.content_sha256, row.sha256 = content.sha256, hashlib.sha256(row.file).hexdigest()
        row.size, row.made_at = len(row.file), timezone.now()
        changed += ["file", "content_sha256", "sha256", "size", "made_at"]
    row.state, row.version = State.DONE, version
    row.save(update_fields=changed)
