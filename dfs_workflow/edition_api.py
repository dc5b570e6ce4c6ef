"""Editions for other systems: the list with its hashes, each frozen text, and what changed since one."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from dfs_workflow.api import PageOfResults, Problem, Strict, StrictQuery, page_of
from dfs_workflow.conf import source_language
from dfs_workflow.editions import changes, reading
from dfs_workflow.models.edition import EditionItem
from dfs_workflow.models.reference import REFERENCE

router = Router(tags=["editions"])
LANGUAGE = "^[a-z]{2,3}(-[a-z0-9]{2,8})*$"


class EditionOut(Schema):
    number: str
    title: str
    reason: str
    frozen_at: datetime
    sha256: str


class ItemOut(Schema):
    reference: str
    title: str
    kind: str
    language: str
    path: str
    sha256: str = Field(alias="snapshot_id")


class TextOut(ItemOut):
    sha256: str
    content: dict[str, Any]


class PieceOut(Schema):
    kind: str
    text: str


class DifferenceOut(Schema):
    field: str
    pieces: Sequence[PieceOut]
    words_removed: Sequence[str]
    words_added: Sequence[str]
    numbers_removed: Sequence[str]
    numbers_added: Sequence[str]


class ChangeOut(Schema):
    kind: str
    reference: str
    title: str
    language: str
    reason: str = Field(description="What readers were told about the change; empty where nothing was told.")
    reason_language: str = Field(description="The language of the reason, where it is known.")
    is_normative: bool
    differences: list[DifferenceOut]


class ChangesOut(Schema):
    before: str
    after: str
    language: str
    unchanged: int
    changes: list[ChangeOut]


class ItemsQuery(StrictQuery):
    language: str = Field(default_factory=source_language, pattern=LANGUAGE)


class LanguageQuery(Strict):
    language: str = Field(default_factory=source_language, pattern=LANGUAGE)


class ChangesQuery(LanguageQuery):
    to: str = Field(changes.TODAY, description="The number of an edition, or today")


@router.get("/editions", response={200: PageOfResults[EditionOut], 422: Problem})
def editions(request: HttpRequest, query: Query[StrictQuery]) -> dict[str, Any]:
    return page_of(reading.frozen_editions(), query)


@router.get("/editions/{number}/items", response={200: PageOfResults[ItemOut], 404: Problem, 422: Problem})
def items(request: HttpRequest, number: str, query: Query[ItemsQuery]) -> dict[str, Any]:
    """Each text of an edition in one language, with the hash of its bytes."""
    found = get_object_or_404(reading.frozen_editions(), number=number)
    return page_of(EditionItem.objects.filter(edition=found, language=query.language).order_by("position"), query)


@router.get("/editions/{number}/items/{reference}", response={200: TextOut, 404: Problem, 422: Problem})
def item(request: HttpRequest, number: str, reference: str, query: Query[LanguageQuery]) -> dict[str, Any]:
    """The frozen text itself, exactly as it was hashed, in the language or else in the source's."""
    edition = get_object_or_404(reading.frozen_editions(), number=number)
    found = reading.find(edition, query.language, reference=reference) if REFERENCE.match(reference) else None
    if found is None:
        raise Http404
    return {
        "reference": found.reference, "title": found.title, "kind": found.kind, "language": found.language,
        "path": found.path, "sha256": found.snapshot_id, "content": json.loads(found.snapshot.content),
    }  # fmt: skip


@router.get("/editions/{number}/changes", response={200: ChangesOut, 404: Problem, 422: Problem})
def changes_since(request: HttpRequest, number: str, query: Query[ChangesQuery]) -> dict[str, Any]:
    """What changed since this edition, word by word."""
    before = get_object_or_404(reading.frozen_editions(), number=number)
    after = None
    if query.to != changes.TODAY:
        after = get_object_or_404(reading.frozen_editions(), number=query.to)
    found = changes.between(before, after, query.language)
    return {
        "before": found.before, "after": found.after, "language": found.language, "unchanged": found.unchanged,
        "changes": [change_out(change) for change in found.rows],
    }  # fmt: skip


def change_out(change: changes.Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value, "reference": change.text.reference, "title": change.text.title,
        "language": change.text.language, "reason": change.reason, "reason_language": change.reason_language,
        "is_normative": change.is_normative,
        "differences": [
            {
                "field": one.name, "pieces": [{"kind": row.kind.value, "text": row.text} for row in one.redline.pieces],
                "words_removed": one.redline.words_removed, "words_added": one.redline.words_added,
                "numbers_removed": one.redline.numbers_removed, "numbers_added": one.redline.numbers_added,
            }
            for one in change.differences
        ],
    }  # fmt: skip
