"""In which state each sentence of a translation is: computed from the texts, never from dates or saves.

The same expression gives the state of one segment and the figures of a whole site, so that they can't disagree.
"""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length, Replace
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringTranslation, Translation

from dfs_workflow.translation.models import SourceChange


class State(TextChoices):
    UNTRANSLATED = "untranslated", _("untranslated")
    OUTDATED = "outdated", _("outdated")
    MACHINE = "machine", _("machine draft")
    DRAFT = "draft", _("draft")
    REVIEWED = "reviewed", _("reviewed")


TRANSLATED = (State.MACHINE, State.DRAFT, State.REVIEWED)
TO_DO = (State.UNTRANSLATED, State.OUTDATED)


def state(string: str, context: str, locale: str) -> Coalesce:
    """Of the segment whose string, context and language stand in the named columns of the outer query."""
    place = {"context_id": OuterRef(context), "locale_id": OuterRef(locale), "has_error": False}
    translated = StringTranslation.objects.filter(translation_of_id=OuterRef(string), **place)
    earlier = SourceChange.objects.filter(new_id=OuterRef(string), context_id=OuterRef(context)).filter(
        Exists(
            StringTranslation.objects.filter(
                translation_of_id=OuterRef("old_id"),
                context_id=OuterRef("context_id"),
                locale_id=OuterRef(OuterRef(locale)),
                has_error=False,
            )
        )
    )
    return Coalesce(
        Subquery(translated.order_by().annotate(state=state_of_translation()).values("state")[:1]),
        Case(When(Exists(earlier), then=Value(State.OUTDATED)), default=Value(State.UNTRANSLATED)),
        output_field=CharField(),
    )


def state_of_translation() -> Case:
    return Case(
        When(approval__text=F("data"), then=Value(State.REVIEWED)),
        When(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE, then=Value(State.MACHINE)),
        default=Value(State.DRAFT),
        output_field=CharField(),
    )


def with_segments(translations: QuerySet[Translation]) -> QuerySet[Any]:
    """One row for each segment of each translation, with its state."""
    segment = "source__stringsegment__"
    rows = translations.filter(enabled=True, source__stringsegment__isnull=False)
    found: QuerySet[Any] = rows.annotate(state=state(f"{segment}string_id", f"{segment}context_id", "target_locale_id"))
    return found


def figures(translations: QuerySet[Translation]) -> QuerySet[Any]:
    """How many segments and words of the source are in which state, for each source and language; one query."""
    text = "source__stringsegment__string__data"
    words = Length(text) - Length(Replace(text, Value(" "), Value(""))) + 1
    rows = with_segments(translations).order_by()
    found: QuerySet[Any] = rows.values("source_id", "target_locale_id", "state").annotate(
        segments=Count("source__stringsegment"), words=Sum(words, output_field=IntegerField())
    )
    return found
