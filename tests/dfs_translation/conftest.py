"""A page of somebody else's site in English and French: these tests know nothing of the platform's own pages."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from tests.testapp.models import ForeignPage

TEXT = "The operator shall keep logs.\nThe bank may ask."


def person(name, **rights):
    return get_user_model().objects.create_user(name, f"{name}@example.org", "only-for-these-tests-1", **rights)


@pytest.fixture
def translator(db):
    return person("translator")


@pytest.fixture
def root_user(db):
    return person("root", is_staff=True, is_superuser=True)


@pytest.fixture
def french(db):
    Locale.objects.get_or_create(language_code="en")
    return Locale.objects.get_or_create(language_code="fr")[0]


def make_page(title="Logs", text=TEXT, parent=None):
    english = Locale.objects.get(language_code="en")
    parent = parent or Page.get_first_root_node()
    page = parent.add_child(instance=ForeignPage(title=title, slug=title.lower(), text=text, locale=english))
    page.save_revision().publish()
    return ForeignPage.objects.get(pk=page.pk)


@pytest.fixture
def page(french):
    return make_page()


def translation_of(page, locale):
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return Translation.objects.get_or_create(source=source, target_locale=locale)[0]


@pytest.fixture
def translation(page, french):
    return translation_of(page, french)


def publish(page, **changes):
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def translate(translation, path, text, *, by=None, kind="manual"):
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    row, _created = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={"data": text, "translation_type": kind, "last_translated_by": by},
    )
    return row
