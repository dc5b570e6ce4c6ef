"""One slug in all languages: what a second person approves for the source holds for every translation."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site
from wagtail_localize.operations import translate_object

from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Decision
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import live_pages
from tests.dfs_workflow.proposing import approve
from tests.dfs_workflow.test_review import decide, edit
from tests.dfs_workflow.translating import french, publish_current, translate_string
from tests.testapp.models import GovernedPage


@pytest.fixture
def rename(editor, reviewer, django_capture_on_commit_callbacks):
    """As the two people do it, with what follows the commit."""

    def renamed(page, slug):
        fresh = type(page).objects.get(pk=page.pk)
        edit(editor, fresh, "Intro", slug=slug, **{"action-submit": "1"})
        with django_capture_on_commit_callbacks(execute=True):
            return decide(reviewer, type(page).objects.get(pk=page.pk), "approve").content.decode()

    return renamed


@pytest.fixture
def in_french(translation, home):
    """The chapter and the home page above it are live."""
    above = home.get_translation(translation.target_locale).specific
    with system_publication(reason="Set up for a test"):
        above.save_revision().publish()
    Site.clear_site_root_paths_cache()
    publish_current(translation)
    return translation


def is_clean():
    call_command("check_gate", stdout=StringIO())
    return not list(findings()) and Page.find_problems() == ([], [], [], [], [])


def test_a_translation_follows_and_its_old_address_leads_on(in_french, chapter, rename, client):
    before = french(in_french)
    rename(chapter, "renamed")
    row = french(in_french)
    assert (row.slug, row.live_revision_id) == ("renamed", before.live_revision_id)
    old = client.get("/fr/chapter/")
    assert (old.status_code, old["Location"].removeprefix("http://testserver")) == (301, "/fr/renamed/")
    assert "Ancien texte" in client.get("/fr/renamed/").content.decode()
    html = client.get("/en/renamed/").content.decode()
    assert 'href="/fr/renamed/"' in html
    assert is_clean()


def test_where_another_language_stands_in_the_old_address_leads_on_too(in_french, chapter, rename, client):
    assert client.get("/es/chapter/").status_code == 200
    rename(chapter, "renamed")
    rename(chapter, "again")
    for old in ("/es/chapter/", "/es/renamed/", "/fr/chapter/s1/"):
        response = client.get(old, follow=True)
        assert response.status_code == 200, old
        assert response.redirect_chain[0][1] == 301
    rename(chapter, "chapter")
    assert client.get("/es/chapter/").status_code == 200
    assert client.get("/es/again/", follow=True).status_code == 200


def test_the_next_version_of_the_translation_keeps_the_slug(in_french, chapter, rename, translator, reviewer, client):
    """Also one that was under review meanwhile: what was submitted is what is approved."""
    translate_string(in_french, "Texte nouveau", translator)
    waiting = actions.save_translation_as_draft(translation=in_french, by=translator)
    rename(chapter, "renamed")
    approve(reviewer, french(in_french))
    row = french(in_french)
    assert (row.slug, row.url_path[-9:], row.live_revision) == ("renamed", "/renamed/", waiting)
    assert "Texte nouveau" in client.get("/fr/renamed/").content.decode()
    translate_string(in_french, "Texte dernier", translator)
    actions.save_translation_as_draft(translation=in_french, by=translator)
    approve(reviewer, french(in_french))
    assert "Texte dernier" in client.get("/fr/renamed/").content.decode()
    assert is_clean()


def test_drafts_and_what_stands_below_follow(in_french, chapter, statement, rename):
    locale = french(in_french).locale
    translate_object(statement, [locale])
    assert not statement.get_translation(locale).live
    rename(chapter, "renamed")
    for row in Page.objects.filter(locale=locale, path__startswith=french(in_french).path):
        assert "/renamed/" in row.url_path
    rename(statement, "first")
    assert {row.slug for row in statement.get_translations(inclusive=True)} == {"first"}
    assert is_clean()


def test_a_slug_that_is_taken_in_a_language_is_refused_in_one_sentence(in_french, chapter, rename):
    row = french(in_french)
    live_pages(row.get_parent().specific, (GovernedPage(title="Autre", slug="taken", locale=row.locale), []))
    html = rename(chapter, "taken")
    assert "“Autre” already has the slug “taken”" in html
    assert (GovernedPage.objects.get(pk=chapter.pk).slug, french(in_french).slug) == ("chapter", "chapter")
    assert not Decision.objects.filter(kind="review").exists()
    assert is_clean()


def test_a_translation_gets_no_slug_of_its_own(in_french, chapter):
    row = french(in_french)
    row.slug = "autre"
    row.save_revision()
    assert french(in_french).get_latest_revision_as_object().slug == "chapter"
    Page.objects.filter(pk=row.pk).update(slug="autre", url_path=row.url_path.replace("chapter", "autre"))
    assert [finding.pk for finding in findings()] == [row.pk]
