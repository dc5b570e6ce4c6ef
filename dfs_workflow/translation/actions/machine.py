"""Drafts by a machine: off unless the site names a translator, never for what is not public, never over a person's.

The translator is wagtail-localize's own (`WAGTAILLOCALIZE_MACHINE_TRANSLATOR`): LibreTranslate, DeepL or any class.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from dfs_workflow.translation import conf
from dfs_workflow.translation.actions.translating import save_text
from dfs_workflow.translation.query import State, locked_keys, segments

BATCH = 40  # sentences in one call


class NotAllowed(ValueError):
    """Nothing may be sent to a machine here; says why, for people."""


def require_allowed(*, translation: Translation) -> Any:
    """The configured translator, if it may see this source and knows both languages."""
    translator = get_machine_translator()
    if translator is None:
        raise NotAllowed(_("No machine translation is set up."))
    if not conf.is_public(translation.source.get_source_instance()):
        raise NotAllowed(_("What is not public is never sent to a machine."))
    if translation.source.object_id in locked_keys(translation.target_locale):
        raise NotAllowed(_("This is locked or under review: the texts were not changed."))
    if not translator.can_translate(translation.source.locale, translation.target_locale):
        raise NotAllowed(_("The machine doesn't know these languages."))
    return translator


def translate_by_machine(*, translation: Translation, by: Any = None) -> int:
    """What has no translation yet; each batch is kept when a later one fails."""
    translator = require_allowed(translation=translation)
    wanted = [row.pk for row in segments(translation) if row.state == State.UNTRANSLATED]
    rows = StringSegment.objects.filter(pk__in=wanted).select_related("string", "context").order_by("order")
    return sum(translate_batch(translator, translation, batch, by) for batch in batches(list(rows)))


def batches(rows: Sequence[StringSegment]) -> list[list[StringSegment]]:
    found = iter(rows)
    return list(iter(lambda: list(islice(found, BATCH)), []))


@transaction.atomic
def translate_batch(translator: Any, translation: Translation, batch: Sequence[StringSegment], by: Any) -> int:
    values = {segment.pk: segment.string.as_value() for segment in batch}
    answers = translator.translate(translation.source.locale, translation.target_locale, set(values.values()))
    count = 0
    for segment in batch:
        answer = answers.get(values[segment.pk])
        if answer is not None and answer.data.strip():
            save_text(
                by=by,
                translation=translation,
                segment=segment,
                text=answer.data,
                kind=StringTranslation.TRANSLATION_TYPE_MACHINE,
                tool=str(translator.display_name),
            )
            count += 1
    return count
