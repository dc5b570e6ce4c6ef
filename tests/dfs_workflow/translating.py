"""A governed page in a second language, and what its translators do."""

from django.db.models import Q
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from tests.testapp.models import GovernedPage


def translate_string(translation, text, user=None):
    segment = StringSegment.objects.filter(source=translation.source, context__path="text").get()
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        defaults={"data": text, "translation_type": "manual", "last_translated_by": user},
    )


def live_translation(page, user, next_text, code="fr"):
    """Translated and live, with a newer string waiting."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    known = set(Translation.objects.filter(target_locale=locale).values_list("pk", flat=True))
    translate_object(page, [locale], user=user)
    wanted = Q(source__object_id=page.translation_key) | ~Q(pk__in=known)
    for translation in Translation.objects.filter(wanted, target_locale=locale).order_by("pk"):
        with system_publication(reason="Set up for a test"):
            actions.publish_translation(translation=translation)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
    translate_string(translation, next_text, user)
    return translation


def publish_current(translation):
    with system_publication(reason="Set up for a test"):
        actions.publish_translation(translation=translation)
    return translation.get_target_instance()


def french(translation):
    return GovernedPage.objects.get(translation_key=translation.source.object_id, locale__language_code="fr")
