"""Drafts by a machine: off unless the site names a translator, never for what is not public, never over a person's.

The translator is wagtail-localize's own (`WAGTAILLOCALIZE_MACHINE_TRANSLATOR`): LibreTranslate, DeepL or any class.
"""

from collections.abc import Mapping, Sequence
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
    require_allowed(translation=translation)
    wanted = [row.pk for row in segments(translation) if row.state == State.UNTRANSLATED]
    rows = StringSegment.objects.filter(pk__in=wanted).select_related("string", "context").order_by("order")
    return sum(translate_batch(translation, batch, by) for batch in batches(list(rows)))


def batches(rows: Sequence[StringSegment]) -> list[list[StringSegment]]:
    found = iter(rows)
    return list(iter(lambda: list(islice(found, BATCH)), []))


def translate_batch(translation: Translation, batch: Sequence[StringSegment], by: Any) -> int:
    """Asked for each batch whether it is allowed; the database is held only once the machine has answered."""
    translator = require_allowed(translation=translation)
    values = {segment.pk: segment.string.as_value() for segment in batch}
    answers = translator.translate(translation.source.locale, translation.target_locale, set(values.values()))
    texts = {segment: answers.get(values[segment.pk]) for segment in batch}
    found = {segment: text.data for segment, text in texts.items() if text is not None and text.data.strip()}
    return store_answers(translation=translation, texts=found, tool=str(translator.display_name), by=by)


@transaction.atomic
def store_answers(*, translation: Translation, texts: Mapping[StringSegment, str], tool: str, by: Any) -> int:
    """Never over what a person wrote, nor into what was submitted, while the machine was at work."""
    if translation.source.object_id in locked_keys(translation.target_locale):
        return 0
    strings = [segment.string_id for segment in texts]
    written = StringTranslation.objects.filter(locale_id=translation.target_locale_id, translation_of__in=strings)
    taken = set(written.values_list("translation_of_id", "context_id"))
    free = [segment for segment in texts if (segment.string_id, segment.context_id) not in taken]
    kind = StringTranslation.TRANSLATION_TYPE_MACHINE
    for segment in free:
        save_text(by=by, translation=translation, segment=segment, text=texts[segment], kind=kind, tool=tool)
    return len(free)
