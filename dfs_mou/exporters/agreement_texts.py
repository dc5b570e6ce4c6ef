"""The text of an agreement as it stands, in one language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from dfs_mou.documents.answers import Answers, clean
from dfs_mou.documents.document import Document
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import build
from dfs_mou.documents.wording import Wording
from dfs_mou.exporters.editions import edition_of
from dfs_mou.models import Agreement


def edition_of_agreement(agreement: Agreement) -> Edition:
    return edition_of(agreement.edition_id, agreement.edition.sha256)[1]


def languages_of(agreement: Agreement) -> tuple[str, ...]:
    known = edition_of_agreement(agreement).languages
    return tuple(code for code in agreement.languages if code in known) or known[:1]


def usable_answers(edition: Edition, answers: Mapping[str, Any]) -> Answers:
    kept = {"common": answers.get("common", {}), "values": answers.get("values", {})}
    kept["values"] = {code: part for code, part in kept["values"].items() if code in edition.languages}
    return clean(edition, kept).answers


def agreement_text(agreement: Agreement, language: str, *, day: datetime.date, is_draft: bool) -> Document:
    """With the agreed wording."""
    edition = edition_of_agreement(agreement)
    return build(
        edition,
        usable_answers(edition, agreement.answers),
        language=language,
        date=day,
        keep=agreement.keep,
        is_draft=is_draft,
        wording=Wording.from_json(agreement.wording),
    )
