"""An uploaded file, in the request where it is small and by the worker where it isn't; told in its owner's language."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import Translation

from dfs_workflow.translation import permissions
from dfs_workflow.translation.importers.reading import FileError, read_units
from dfs_workflow.translation.importers.storing import store_units
from dfs_workflow.translation.models import FileImport
from dfs_workflow.translation.query.units import scope

logger = logging.getLogger(__name__)
State = FileImport.State
AT_ONCE = 150_000  # bytes: some hundred sentences, half a second
KEPT = timedelta(days=30)
MOST_LINES = 1000
SECONDS = 1.0


def receive(*, by: Any, file: Any, locale: Locale, path: str, translation: int | None) -> FileImport:
    """Reports of a month ago go, as nobody looks for them any more."""
    FileImport.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return FileImport.objects.create(
        by=by,
        name=file.name[:255],
        file=file.read(),
        locale=locale,
        path=path,
        translation=translation,
        language=get_language() or "en",
    )


def run_import(import_id: int) -> None:
    """Once: a task that is run again finds it done."""
    if not FileImport.objects.filter(pk=import_id, state=State.WAITING).update(state=State.READING):
        return
    row = FileImport.objects.select_related("locale", "by").get(pk=import_id)
    with override(row.language):
        try:
            lines = import_file(row)
        except FileError as error:
            finish(import_id, state=State.FAILED, message=str(error))
        except DatabaseError:
            logger.exception("Import %s failed", import_id)
            finish(
                import_id, state=State.FAILED, message=_("This is a fault of ours; the operator finds it in the log.")
            )
        else:
            more = len(lines) - MOST_LINES
            rest = [_("… and %(count)s more") % {"count": more}] if more > 0 else []
            finish(import_id, state=State.DONE, report=[*lines[:MOST_LINES], *rest])


def import_file(row: FileImport) -> list[str]:
    units = read_units(bytes(row.file), row.locale.language_code)
    found = scope(row.locale, path=row.path, translation=row.translation)
    allowed = permissions.changeable(row.by, found, row.locale) if row.by else Translation.objects.none()
    report = store_units(by=row.by, translations=allowed, units=units, tool=row.name, progress=progress_of(row.pk))
    return report.lines()


def progress_of(pk: int) -> Callable[[int, int], None]:
    """Seen by the page that shows it."""
    told = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= SECONDS:
            told = now
            FileImport.objects.filter(pk=pk).update(done=done, total=total)

    return tell


def finish(pk: int, **values: Any) -> None:
    FileImport.objects.filter(pk=pk).update(file=b"", **values)
