"""Compiles editions of the template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dfs_mou.documents.edition import Edition, EditionError
from dfs_mou.documents.edition_checks import problems
from dfs_mou.documents.edition_lint import Finding, lint
from dfs_mou.exporters.edition_json import edition_json
from dfs_mou.models import MouTemplatePage, TemplateEdition


@dataclass(frozen=True)
class Compiled:
    """The edition in force, whether it is new, and what kept a newer one from being made. `findings` are of the
    edition `refused`, which could be printed; `lost` are the languages of the one before that a new one lacks."""

    edition: TemplateEdition | None
    is_new: bool
    problems: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: Edition | None = None
    lost: tuple[str, ...] = ()

    def sentence(self) -> str:
        if self.problems:
            more = f" ({len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
            return f"No new edition was compiled: {self.problems[0]}{more}"
        return f"Edition {self.edition} {'was compiled' if self.is_new else 'is unchanged'}."


@transaction.atomic
def compile_edition(*, template: MouTemplatePage, by: Any = None) -> Compiled:
    """Freeze what the live pages say now, if it differs from the newest edition and can be printed."""
    newest = TemplateEdition.objects.of(template.template_key).first()
    try:
        edition = Edition.from_json(edition_json(template))
    except EditionError as error:
        return Compiled(newest, False, (str(error),))
    found = tuple(map(str, problems(edition)))
    if found:
        return Compiled(newest, False, found)
    if newest and newest.sha256 == edition.sha256:
        return Compiled(newest, False)
    findings = tuple(row for row in lint(edition) if row.is_error)
    if findings:
        names = tuple(f"{row.key or row.name}: {row.code} {row.language}".strip() for row in findings)
        return Compiled(newest, False, names, findings, edition)
    row = TemplateEdition.objects.create(
        template=edition.template,
        version=edition.version,
        sha256=edition.sha256,
        languages=list(edition.languages),
        content=edition.to_json(),
    )
    lost = [language for language in (newest.languages if newest else ()) if language not in edition.languages]
    return Compiled(row, True, lost=tuple(lost))
