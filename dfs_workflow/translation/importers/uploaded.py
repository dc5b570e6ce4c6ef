"""An uploaded file, in the request where it is small and by the worker where it isn't; told in its owner's language."""

import logging
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
from dfs_workflow.uploads import Progress

logger = logging.getLogger(__name__)
AT_ONCE = 150_000  # bytes: some hundred sentences, half a second
KEPT = timedelta(days=30)
MOST_LINES = 1000


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
    row = FileImport.begin(import_id)
    if row is None:
        return
    with override(row.language):
        try:
            lines = import_file(row)
        except FileError as error:
            row.refuse(str(error))
        except DatabaseError:
            logger.exception("Import %s failed", import_id)
            row.refuse(_("This is a fault of ours; the operator finds it in the log."))
        else:
            more = len(lines) - MOST_LINES
            rest = [_("… and %(count)s more") % {"count": more}] if more > 0 else []
            row.finish(FileImport.State.DONE, report=[*lines[:MOST_LINES], *rest])


def import_file(row: FileImport) -> list[str]:
    units = read_units(bytes(row.file), row.locale.language_code)
    found = scope(row.locale, path=row.path, translation=row.translation)
    allowed = permissions.changeable(row.by, found, row.locale) if row.by else Translation.objects.none()
    report = store_units(by=row.by, translations=allowed, units=units, tool=row.name, progress=Progress(row))
    return report.lines()
