"""The import of an uploaded book: always as drafts, so that nothing is shown that its importer alone has seen."""

import logging
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.load import Order, import_gitbook
from dfs_pages.importers.gitbook.store import BookError
from dfs_pages.models import BookImport
from dfs_workflow.models import PublicationRefused
from dfs_workflow.uploads import Progress

logger = logging.getLogger(__name__)
State = BookImport.State
BROKEN = _("The import failed for a reason that is ours; nothing was changed. The operator finds it in the log.")


def run_import(import_id: int) -> None:
    row = BookImport.begin(import_id)
    if row is None:
        return
    try:
        account = import_file(row)
    except BookError as error:
        row.refuse(error.sentence, **error.values)
    except PublicationRefused as error:
        row.refuse(str(error))
    except (DatabaseError, OSError, ValidationError):
        logger.exception("Import %s failed", import_id)
        row.refuse(BROKEN)
    else:
        row.finish(State.DONE, report=account.as_data())


def import_file(row: BookImport) -> Any:
    progress = Progress(row)

    def tell(stage: str, done: int, total: int) -> None:
        """What is written in the one transaction of the import is seen by nobody before its end."""
        if stage == "read":
            progress(done, total)
        elif stage == "write":
            progress.note(state=State.WRITING)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.zip")
        path.write_bytes(bytes(row.file))
        order = Order(path, row.parent.specific, name=row.name, as_drafts=True, dry_run=row.dry_run, by=row.by)
        return import_gitbook(order, progress=tell)
