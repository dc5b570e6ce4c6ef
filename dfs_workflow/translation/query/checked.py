"""The sentences of a translation with what the checks, the termbase, the memory and its readers say about them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from wagtail_localize.models import Translation

from dfs_workflow.translation import quality
from dfs_workflow.translation.models import Reason, SegmentComment
from dfs_workflow.translation.query.localised import is_localised
from dfs_workflow.translation.query.segments import Segment, segments
from dfs_workflow.translation.query.terms import terms_for


@dataclass(frozen=True)
class CheckedSegment:
    segment: Segment
    findings: Sequence[quality.Finding]
    reasons: dict[str, str]
    comments: Sequence[SegmentComment] = ()
    terms: Sequence[quality.Term] = ()
    field: str = ""  # as the forms of the site call it

    @property
    def unexplained(self) -> list[quality.Finding]:
        """Warnings that nobody gave a reason for."""
        return [each for each in self.findings if each.severity == "warning" and each.code not in self.reasons]


def checked_segments(translation: Translation) -> list[CheckedSegment]:
    """Five queries, however long the page is."""
    rows = segments(translation)
    locale, source = translation.target_locale, translation.source.locale
    terms = terms_for(source.language_code, locale.language_code)
    reasons = reasons_of([row.translation_id for row in rows if row.translation_id])
    comments = comments_of(translation)
    model = translation.source.specific_content_type.model_class()
    return [
        CheckedSegment(
            row,
            quality.check(
                row.source,
                row.text,
                language=locale.language_code,
                source_language=source.language_code,
                terms=terms,
                is_localised=is_localised(model, row.path),
            )
            if row.text
            else [],
            reasons.get((row.translation_id, row.text), {}),
            comments.get(row.context_id, {}).get(row.string_id, ()),
            quality.terms_in(row.source, terms),
            name_of_field(model, row.field),
        )
        for row in rows
    ]


def name_of_field(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except (AttributeError, FieldDoesNotExist):
        return name


def reasons_of(keys: Sequence[int]) -> dict[tuple[int | None, str], dict[str, str]]:
    """By translation and wording."""
    found: dict[tuple[int | None, str], dict[str, str]] = defaultdict(dict)
    for row in Reason.objects.filter(translation_id__in=keys):
        found[row.translation_id, row.text][row.code] = row.reason
    return found


def comments_of(translation: Translation) -> dict[int, dict[int, list[Any]]]:
    rows = SegmentComment.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )
    found: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.context_id][row.string_id].append(row)
    return found
