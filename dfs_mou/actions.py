"""Changes of state of the model MOU and of saved agreements; none of them knows a request."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dfs_mou import conf
from dfs_mou.documents.edition import Edition, EditionError
from dfs_mou.documents.edition_checks import problems
from dfs_mou.exporters.edition_json import edition_json
from dfs_mou.models import Agreement, MouTemplatePage, TemplateEdition


@dataclass(frozen=True)
class Compiled:
    """The edition in force, whether it is new, and what kept a newer one from being made."""

    edition: TemplateEdition | None
    is_new: bool
    problems: tuple[str, ...] = ()

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
    found = tuple(problems(edition))
    if found:
        return Compiled(newest, False, found)
    if newest and newest.sha256 == edition.sha256:
        return Compiled(newest, False)
    row = TemplateEdition.objects.create(
        template=edition.template,
        version=edition.version,
        sha256=edition.sha256,
        languages=list(edition.languages),
        content=edition.to_json(),
    )
    return Compiled(row, True)


def hash_of(token: str) -> str:
    """The token has 256 random bits, so a plain hash keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def save_agreement(
    *,
    by: Any,
    edition: TemplateEdition,
    languages: Sequence[str],
    answers: dict[str, Any],
    keep: Sequence[str] | None,
    at: datetime,
    token: str | None = None,
) -> str:
    """Save answers under a new link, or again under the link they came from; returns the token of the link."""
    values = {
        "edition": edition,
        "languages": list(languages),
        "answers": answers,
        "keep": None if keep is None else sorted(keep),
        "saved_at": at,
        "expires_at": at + conf.answers_expire_after(),
    }
    if token and Agreement.objects.open(at).filter(token_hash=hash_of(token)).update(**values):
        return token
    token = secrets.token_urlsafe(32)
    Agreement.objects.create(token_hash=hash_of(token), created_at=at, **values)
    return token


@transaction.atomic
def delete_agreement(*, by: Any, token: str) -> bool:
    deleted, _rows = Agreement.objects.filter(token_hash=hash_of(token)).delete()
    return bool(deleted)


@transaction.atomic
def delete_expired_agreements(*, by: Any, at: datetime) -> int:
    deleted, _rows = Agreement.objects.expired(at).delete()
    return deleted
