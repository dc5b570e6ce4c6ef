"""What a translator and a reviewer write, sentence by sentence; nothing of it is live."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from dfs_workflow.translation import quality
from dfs_workflow.translation.models import Reason, SegmentComment
from dfs_workflow.translation.query import State, checked_segments

NORMATIVE_FIRST = {State.UNTRANSLATED, State.OUTDATED}


class NotReady(ValueError):
    """The translation can't be submitted; says why, for people."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems[:3]))
        self.problems = problems


@transaction.atomic
def save_text(
    *,
    by: Any,
    translation: Translation,
    segment: StringSegment,
    text: str,
    kind: str = StringTranslation.TRANSLATION_TYPE_MANUAL,
    tool: str = "",
) -> StringTranslation | None:
    """A draft. The same words again change nothing, not even who wrote them; an empty text takes the draft back."""
    place = {
        "translation_of_id": segment.string_id,
        "context_id": segment.context_id,
        "locale_id": translation.target_locale_id,
    }
    row = StringTranslation.objects.select_for_update().filter(**place).first()
    if not text.strip():
        if row:
            row.delete()
        return None
    if row and row.data == text and row.translation_type == kind:
        return row
    row = row or StringTranslation(**place)
    row.data, row.translation_type, row.tool_name, row.last_translated_by = text, kind, tool, by
    row.has_error, row.field_error = False, ""
    row.save()
    return row


def machine_text(*, translation: Translation, segment: StringSegment) -> StringTranslation | None:
    """What a machine wrote there, if it did."""
    rows = StringTranslation.objects.filter(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    return rows.filter(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
    ).first()


def keep_authorship(*, before: StringTranslation) -> None:
    """Where something else saved the same words again, they stay those of who wrote them."""
    now = StringTranslation.objects.filter(pk=before.pk, data=before.data)
    now.update(
        translation_type=before.translation_type,
        tool_name=before.tool_name,
        last_translated_by=before.last_translated_by_id,
    )


def give_reason(*, by: Any, row: StringTranslation, code: str, reason: str) -> Reason:
    """Why a warning doesn't apply; it holds for this wording only."""
    values = {"text": row.data, "reason": reason, "at": timezone.now(), "by": by, "by_name": name_of(by)}
    return Reason.objects.update_or_create(translation=row, code=code, defaults=values)[0]


def comment(*, by: Any, translation: Translation, segment: StringSegment, text: str) -> SegmentComment:
    return SegmentComment.objects.create(
        context_id=segment.context_id,
        string_id=segment.string_id,
        locale_id=translation.target_locale_id,
        text=text,
        at=timezone.now(),
        by=by,
        by_name=name_of(by),
    )


def require_ready(*, translation: Translation, normative: frozenset[str] = frozenset()) -> None:
    """Errors block a submission, warnings want a reason, and what binds must not stay in the source language."""
    problems = []
    for each in checked_segments(translation):
        if each.segment.field in normative and each.segment.state in NORMATIVE_FIRST:
            problems.append(
                _("“%(text)s” binds its readers and has no translation yet.") % {"text": short(each.segment.source)}
            )
        problems += [f"“{short(each.segment.text)}”: {finding}" for finding in quality.errors(each.findings)]
        for finding in each.unexplained:
            problems.append(
                _("“%(text)s” needs a reason: %(warning)s") % {"text": short(each.segment.text), "warning": finding}
            )
    if problems:
        raise NotReady(problems)


def short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def name_of(user: Any) -> str:
    return user.get_full_name() or user.get_username() if user else ""
