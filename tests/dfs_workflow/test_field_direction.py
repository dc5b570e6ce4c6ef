"""Fields of the admin take the direction of what is written in them, also under an English interface."""

import re
from typing import Any

import pytest
from wagtail.models import Locale, Page

from tests.dfs_workflow.conftest import as_user
from tests.testapp.models import GovernedHome, GovernedPage, GovernedTerm, Note


@pytest.fixture
def arabic(home):
    locale = Locale.objects.get_or_create(language_code="ar")[0]
    top = GovernedHome(title="\u0627\u0644", slug="governed-ar", locale=locale, translation_key=home.translation_key)
    return Page.objects.get(depth=1).add_child(instance=top)


def tag(html: str, name: str) -> str:
    return next(found for found in re.findall(r"<(?:input|textarea)[^>]*>", html) if f'name="{name}"' in found)


def test_an_arabic_page_is_edited_from_right_to_left(arabic: Any, root_user: Any) -> None:
    page = GovernedPage(title="\u0635", slug="p", notes=[Note(text="\u0635")])
    arabic.add_child(instance=page)
    html = as_user(root_user).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert '<html lang="en" dir="ltr"' in html
    for name in ("title", "text", "notes-0-text"):
        assert 'lang="ar" dir="rtl"' in tag(html, name), name
    assert 'dir="rtl"' not in tag(html, "slug") + tag(html, "go_live_at")
    assert "dfs_workflow/direction.js" in html


def test_so_is_a_new_one_and_a_snippet(arabic: Any, root_user: Any) -> None:
    client = as_user(root_user)
    new = client.get(f"/admin/pages/add/testapp/governedpage/{arabic.pk}/").content.decode()
    assert 'lang="ar" dir="rtl"' in tag(new, "title")
    term = GovernedTerm.objects.create(name="\u0635", locale=arabic.locale)
    html = client.get(f"/admin/snippets/testapp/governedterm/edit/{term.pk}/").content.decode()
    assert 'lang="ar" dir="rtl"' in tag(html, "name")


def test_an_english_page_stays_as_it_is(chapter: Any, root_user: Any) -> None:
    html = as_user(root_user).get(f"/admin/pages/{chapter.pk}/edit/").content.decode()
    assert 'lang="en" dir="ltr"' in tag(html, "title")
