"""Machines that translate; settings name them by this module, so the tests have to see the same one."""

from django.db import connection
from wagtail.models import PageViewRestriction
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import Translation
from wagtail_localize.strings import StringValue

from tests.dfs_translation.conftest import translate

CALLS = []


class Own(BaseMachineTranslator):
    display_name = "Own machine"

    def translate(self, source_locale, target_locale, strings):
        CALLS.append(len(strings))
        return {string: StringValue(f"[fr] {string.data}") for string in strings}

    def can_translate(self, source_locale, target_locale):
        return target_locale.language_code == "fr"


SET_UP = {"CLASS": "tests.dfs_translation.machines.Own"}


class Slow(Own):
    """While it is at work, somebody writes and the page is closed to readers."""

    def translate(self, source_locale, target_locale, strings):
        CALLS.append(len(connection.savepoint_ids))
        translation = Translation.objects.get(target_locale=target_locale)
        translate(translation, "slug", "mots")
        PageViewRestriction.objects.create(page=translation.source.get_source_instance(), restriction_type="login")
        return super().translate(source_locale, target_locale, strings)


class Silent(Own):
    def translate(self, source_locale, target_locale, strings):
        raise ConnectionError("refused")
