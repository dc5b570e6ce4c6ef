"""A form without the fields that a screen reads unasked is refused, and changes nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from dfs_pages.models import ChapterPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org"))
    return client


def test_an_edit_form_without_the_counts_of_its_blocks(editor_client):
    home = Page.objects.get(depth=2)
    Locale.objects.get_or_create(language_code="en")
    chapter = home.add_child(instance=ChapterPage(title="Chapter", slug="chapter", live=False))
    answer = editor_client.post(reverse("wagtailadmin_pages:edit", args=[chapter.pk]), {"title": "Other", "slug": "x"})
    assert answer.status_code == 400
    assert "nothing was saved or changed" in answer.content.decode()
    chapter.refresh_from_db()
    assert (chapter.title, chapter.revisions.count()) == ("Chapter", 0)


@pytest.mark.parametrize(("language", "sentence"), [("en", "Allow cookies"), ("fr", "Autorisez les cookies")])
def test_a_form_without_its_cookie_is_refused_in_the_language_of_the_reader(language, sentence):
    answer = Client(enforce_csrf_checks=True).post(f"/{language}/accounts/login/", {"login": "x"})
    html = answer.content.decode()
    assert (answer.status_code, f'lang="{language}"' in html, sentence in html) == (403, True, True)
    assert "<style" not in html
