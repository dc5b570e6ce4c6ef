"""The sentences of one translation, as a translator and a reviewer see them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.db.models import IntegerField, OuterRef, Subquery, Value
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from dfs_workflow.redline import Redline, compare
from dfs_workflow.translation.models import SourceChange
from dfs_workflow.translation.query.states import State, state


@dataclass(frozen=True)
class Segment:
    """`old_source` and `old_text`: what was translated before the source changed, as a suggestion."""

    pk: int
    path: str
    order: int
    string_id: int
    context_id: int
    source: str
    text: str
    state: str
    translation_id: int | None = None
    old_source: str = ""
    old_text: str = ""
    changed_at: datetime | None = None

    @property
    def field(self) -> str:
        return self.path.split(".")[0]

    @property
    def redline(self) -> Redline:
        return compare(self.old_source, self.source)


def segments(translation: Translation) -> Sequence[Segment]:
    """In the order of the page, with two queries."""
    locale = translation.target_locale_id
    own = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale_id=locale
    )
    rows = StringSegment.objects.filter(source_id=translation.source_id).annotate(
        for_locale=Value(locale, output_field=IntegerField()),
        translated=Subquery(own.values("data")[:1]),
        translation_pk=Subquery(own.values("pk")[:1]),
    )
    rows = rows.annotate(state=state("string_id", "context_id", "for_locale"))
    found = list(rows.select_related("string", "context").order_by("order", "pk"))
    earlier = earlier_wordings(translation)
    return [segment_of(row, earlier.get((row.context_id, row.string_id), [])) for row in found]


def segment_of(row: Any, earlier: Sequence[dict[str, Any]]) -> Segment:
    last = earlier[0] if earlier else {}
    is_outdated = row.state == State.OUTDATED
    return Segment(
        pk=row.pk,
        path=row.context.path,
        order=row.order,
        string_id=row.string_id,
        context_id=row.context_id,
        source=row.string.data,
        text=row.translated or "",
        state=row.state,
        translation_id=row.translation_pk,
        old_source=last.get("old__data", "") if is_outdated else "",
        old_text=last.get("text", "") if is_outdated else "",
        changed_at=last.get("changed_at"),
    )


def earlier_wordings(translation: Translation) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """By place and wording of now: the wordings it had before that are translated, the nearest one first."""
    source = translation.source
    old = StringTranslation.objects.filter(
        translation_of_id=OuterRef("old_id"),
        context_id=OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        has_error=False,
    )
    changes = SourceChange.objects.filter(context__object_id=source.object_id, new__locale_id=source.locale_id)
    rows = changes.annotate(text=Subquery(old.values("data")[:1])).exclude(text=None)
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in rows.values("context_id", "new_id", "old__data", "new__data", "text", "changed_at"):
        found[row["context_id"], row["new_id"]].append(dict(row))
    for wordings in found.values():
        wordings.sort(key=lambda row: similarity(row["old__data"], row["new__data"]), reverse=True)
    return found


def similarity(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
