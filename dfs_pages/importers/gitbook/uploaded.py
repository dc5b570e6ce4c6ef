"""The import of an uploaded book: always as drafts, so that nothing is shown that its importer alone has seen."""

import logging
import tempfile
import time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.load import Order, import_gitbook
from dfs_pages.importers.gitbook.store import BookError
from dfs_pages.models import BookImport
from dfs_workflow.models import PublicationRefused

logger = logging.getLogger(__name__)
State = BookImport.State
BROKEN = _("The import failed for a reason that is ours; nothing was changed. The operator finds it in the log.")
SECONDS = 1.0


def run_import(import_id: int) -> None:
    """Once: a task that is run again finds it done."""
    if not BookImport.objects.filter(pk=import_id, state=State.WAITING).update(state=State.READING):
        return
    row = BookImport.objects.select_related("parent__locale", "by").get(pk=import_id)
    try:
        account = import_file(row)
    except BookError as error:
        finish(import_id, state=State.FAILED, message=error.sentence, values=error.values)
    except PublicationRefused as error:
        finish(import_id, state=State.FAILED, message=str(error))
    except (DatabaseError, OSError, ValidationError):
        logger.exception("Import %s failed", import_id)
        finish(import_id, state=State.FAILED, message=BROKEN)
    else:
        finish(import_id, state=State.DONE, report=account.as_data())


def import_file(row: BookImport) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.zip")
        path.write_bytes(bytes(row.file))
        order = Order(path, row.parent.specific, name=row.name, as_drafts=True, dry_run=row.dry_run, by=row.by)
        return import_gitbook(order, progress=Progress(row.pk))


class Progress:
    """Seen by the page that shows it; what is written in the one transaction of the import could not be."""

    def __init__(self, pk: int) -> None:
        self.pk, self.next_at = pk, 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage == "done" or (stage == "read" and now < self.next_at and done < total):
            return
        self.next_at = now + SECONDS
        state = State.WRITING if stage == "write" else State.READING
        values = {"state": state, "total": total} | ({"done": done} if stage == "read" else {})
        BookImport.objects.filter(pk=self.pk).update(**values)


def finish(pk: int, **values: Any) -> None:
    BookImport.objects.filter(pk=pk).update(file=b"", **values)
