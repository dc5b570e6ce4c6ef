"""Brings snippets from what is to what is wanted, and leaves alone what an editor changed."""

from collections.abc import Callable, Sequence
from typing import Any

from wagtail.models import Locale

from dfs_workflow.importers.report import Report
from dfs_workflow.importers.snippets import create_snippets
from dfs_workflow.importers.stored import DELETED, EDITED, Stored, adopt, changes


def load_snippets(
    wanted: Sequence[Any], locale: Locale, report: Report, advance: Callable[[int], Any], by: Any
) -> None:
    """All of one model."""
    stored = Stored(wanted, locale)
    new = []
    for snippet in wanted:
        row = stored.get(snippet)
        if row is None and stored.was_deleted(snippet):
            report.left_alone.append((str(snippet), DELETED))
        elif row is None:
            new.append(snippet)
        elif not changes(row, snippet):
            report.unchanged += 1
        elif stored.was_edited(row):
            report.left_alone.append((str(row), EDITED))
        else:
            adopt(row, snippet)
            row.save_revision(user=by, log_action=True).publish(user=by)
            report.changed.append(str(row))
    create_snippets(new, by=by)
    report.created += [str(snippet) for snippet in new]
    advance(len(wanted))
