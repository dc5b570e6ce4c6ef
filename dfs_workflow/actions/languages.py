"""A language more: work for its translators and a place in the tree; readers see nothing of it yet."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource

from dfs_workflow.actions.roles import set_up_review
from dfs_workflow.actions.translations import target_row
from dfs_workflow.conf import source_language
from dfs_workflow.models.gated import governed_models, governed_types

TOP = 2  # the home pages, below the one root of the tree


class UnknownLanguage(ValueError):
    """It can't be added; says what to do."""


@transaction.atomic
def add_language(*, code: str, by: Any = None) -> int:
    """How many texts were offered to its translators that were not before; run again, only what is new."""
    require_known(code)
    source = Locale.objects.get(language_code=source_language())
    locale, _created = Locale.objects.get_or_create(language_code=code)
    offered = sum(offer(instance, [locale]) for instance in translatable(source))
    for home in Page.objects.filter(depth=TOP, locale=source, content_type__in=governed_types(Page)):
        translation = Translation.objects.filter(source__object_id=home.translation_key, target_locale=locale).first()
        if translation is not None:
            target_row(translation, by)
    set_up_review()
    return offered


def require_known(code: str) -> None:
    if code == source_language():
        raise UnknownLanguage(_("“%(code)s” is the language that texts are written in.") % {"code": code})
    if code not in dict(settings.LANGUAGES) or code not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        raise UnknownLanguage(
            _("“%(code)s” is not among the languages of the settings: add it to LANGUAGES first.") % {"code": code}
        )


def translatable(source: Locale) -> Iterable[Any]:
    """What is live and governed, parents before children."""
    pages = Page.objects.filter(locale=source, live=True, content_type__in=governed_types(Page))
    yield from pages.order_by("path").specific().iterator()
    for model in governed_models():
        if issubclass(model, TranslatableMixin) and not issubclass(model, Page):
            yield from model._default_manager.filter(locale=source, live=True).order_by("pk").iterator()


def offer(instance: Any, locales: Sequence[Locale]) -> int:
    """To the translators of these languages, if it has any text; in how many it was not offered yet."""
    source, _created = TranslationSource.get_or_create_from_instance(instance)
    if not source.stringsegment_set.exists():
        return 0
    known = set(Translation.objects.filter(source=source).values_list("target_locale_id", flat=True))
    missing = [locale for locale in locales if locale.pk not in known]
    Translation.objects.bulk_create(Translation(source=source, target_locale=locale) for locale in missing)
    return len(missing)


def keep_in_step(*, instance: Any) -> None:
    """What goes live in the source is offered in each language whose home page is translated."""
    if not isinstance(instance, TranslatableMixin) or instance.locale.language_code != source_language():
        return
    homes = Page.objects.filter(depth=TOP, locale_id=instance.locale_id, content_type__in=governed_types(Page))
    started = Translation.objects.filter(source__object_id__in=homes.values("translation_key"), enabled=True)
    locales = list(Locale.objects.filter(pk__in=started.values("target_locale_id")))
    if locales:
        offer(instance, locales)
