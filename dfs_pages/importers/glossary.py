from collections.abc import Callable
from typing import Any

from wagtail.models import Locale

from dfs_pages.importers import schema
from dfs_pages.importers.markup import key
from dfs_pages.models import GlossaryTerm
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.snippets import create_snippets
from dfs_workflow.importers.stored import DELETED, EDITED, Stored, adopt, changes


def load_glossary(
    glossary: schema.Glossary, locale: Locale, report: Report, advance: Callable[[int], Any], by: Any
) -> None:
    wanted = [wanted_term(entry, locale) for entry in glossary.terms]
    stored = Stored(wanted, locale)
    new = []
    for term in wanted:
        row = stored.get(term)
        if row is None and stored.was_deleted(term):
            report.left_alone.append((str(term), DELETED))
        elif row is None:
            new.append(term)
        elif not changes(row, term):
            report.unchanged += 1
        elif stored.was_edited(row):
            report.left_alone.append((str(row), EDITED))
        else:
            adopt(row, term)
            row.save_revision(user=by, log_action=True).publish(user=by)
            report.changed.append(str(row))
    create_snippets(new, by=by)
    report.created += [str(term) for term in new]
    advance(len(wanted))


def wanted_term(entry: schema.GlossaryEntry, locale: Locale) -> GlossaryTerm:
    return GlossaryTerm(
        translation_key=key("GlossaryTerm", entry.key),
        locale=locale,
        live=True,
        key=entry.key,
        term=entry.term,
        acronym=entry.acronym or "",
        definition=entry.definition,
        see_also=list(entry.see_also),
    )
