"""What publishing a draft of the source will cost its translators."""

from dataclasses import dataclass
from typing import Any

from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue


@dataclass(frozen=True)
class Cost:
    segments: int
    languages: int


def cost_of(draft: Any) -> Cost | None:
    """Nothing where it isn't the source of any translation, or changes no text."""
    source = TranslationSource.objects.get_for_instance_or_none(draft)
    if source is None or source.locale_id != draft.locale_id:
        return None
    languages = Translation.objects.filter(source=source, enabled=True).count()
    if not languages:
        return None
    rows = StringSegment.objects.filter(source=source)
    known = set(rows.values_list("context__path", "string__data"))
    wanted = {
        (value.path, value.string.data) for value in extract_segments(draft) if isinstance(value, StringSegmentValue)
    }
    new = len(wanted - known)
    return Cost(new, languages) if new else None
