"""An address that is cited never dies, in whatever language it is opened."""

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from dfs_workflow import actions
from dfs_workflow.forms import change_form
from dfs_workflow.gate import system_publication
from dfs_workflow.models import PermanentReference
from dfs_workflow.query import page_url, permanent_url, public
from tests.dfs_workflow.conftest import live_pages
from tests.testapp.models import ForeignPage, GovernedHome, GovernedPage, GovernedStatement


@pytest.fixture
def french_statement(home, statement):
    french = Locale.objects.get_or_create(language_code="fr")[0]
    with system_publication(reason="Set up for a test"):
        top = live_pages(
            home.get_parent(),
            (
                GovernedHome(title="Accueil", slug="governed-fr", locale=french, translation_key=home.translation_key),
                [],
            ),
        )[0]
    copy = GovernedStatement(
        title="Énoncé", slug="s1", reference=statement.reference, text="Mots",
        locale=french, translation_key=statement.translation_key,
    )  # fmt: skip
    return live_pages(top, (copy, []))[0]


def test_it_is_read_in_the_readers_language_or_the_sources(client, statement, french_statement):
    assert "Old words" in client.get("/en/r/TST-1/").content.decode()
    assert "Mots" in client.get("/fr/r/TST-1/").content.decode()
    response = client.get("/fr/r/TST-2/")
    assert (response.status_code, response.wsgi_request.content_fallback.language_code) == (200, "en")


def test_without_a_language_it_chooses_one(client, statement):
    response = client.get("/r/TST-1", headers={"accept-language": "fr"}, follow=True)
    assert response.redirect_chain[-1][0] == "/fr/r/TST-1/"


def test_small_letters_find_it_too(client, statement):
    assert client.get("/en/r/tst-1/")["Location"] == "/en/r/TST-1/"


def test_the_address_in_the_tree_leads_there(client, statement):
    assert client.get("/en/chapter/s1/")["Location"] == "/en/r/TST-1/"
    assert client.get("/en/chapter/").status_code == 200


def test_a_withdrawn_statement_keeps_its_address_with_reason_and_successor(
    client, statement, moderator, second_moderator
):
    details = {"reason": "It was merged.", "successor": "TST-2", "hides_words": False}
    bundle = actions.ask_change(kind="withdraw", instance=statement, by=moderator, reason="Merged.", details=details)
    assert "Old words" in client.get("/en/r/TST-1/").content.decode()
    actions.decide_bundle(bundle=bundle, by=second_moderator, approve=True, comment="only for us")
    response = client.get("/en/r/TST-1/")
    html = response.content.decode()
    assert response.status_code == 200
    for expected in ("TST-1 was withdrawn", "Withdrawn on", "It was merged.", 'href="/en/r/TST-2/"', "What it said"):
        assert expected in html
    assert "only for us" not in html and moderator.get_username() not in html
    assert client.get("/en/r/NEVER-1/").status_code == 404


def test_the_words_of_a_withdrawn_statement_can_be_hidden(client, statement):
    with system_publication(reason="Set up for a test"):
        GovernedStatement.objects.get(pk=statement.pk).unpublish()
    assert "What it said" in client.get("/en/r/TST-1/").content.decode()
    PermanentReference.objects.filter(pk="TST-1").update(hides_words=True)
    assert "What it said" not in client.get("/en/r/TST-1/?again").content.decode()


def test_the_form_asks_for_a_successor_that_exists(statement):
    data = {"reason": "Merged", "successor": "NO-SUCH-1"}
    assert "successor" in change_form("withdraw", statement, data).errors
    assert "successor" in change_form("withdraw", statement, data | {"successor": "TST-1"}).errors
    form = change_form("withdraw", statement, data | {"successor": "tst-2"})
    assert form.is_valid() and form.details()["successor"] == "TST-2"


def test_what_is_private_stays_private(client, chapter, statement):
    with system_publication(reason="Set up for a test"):
        PageViewRestriction.objects.create(page=chapter, restriction_type="login")
    assert "Old words" not in client.get("/en/r/TST-1/", follow=True).content.decode()
    assert not public(GovernedStatement.objects.all()).exists()


def test_a_draft_has_no_address(client, chapter):
    draft = chapter.add_child(instance=GovernedStatement(title="Draft", slug="d", reference="TST-8", text="Secret"))
    assert client.get("/en/r/TST-8/").status_code == 404
    assert client.get("/en/chapter/d/").status_code == 404
    assert not PermanentReference.objects.filter(reference=draft.reference).exists()


def test_addresses_are_written_without_asking(chapter, statement, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert page_url(statement, "fr") == permanent_url("TST-1", "fr") == "/fr/r/TST-1/"
        assert page_url(chapter, "ar") == "/ar/chapter/"


def test_a_page_without_translation_is_read_in_the_source_language(client, chapter, french_statement, foreign):
    response = client.get("/fr/chapter/")
    assert (response.status_code, response.wsgi_request.content_fallback.language_code) == (200, "en")
    response = client.get("/ru/chapter/")
    assert (response.status_code, response.wsgi_request.content_fallback.language_code) == (200, "en")
    assert client.get("/ru/").wsgi_request.content_fallback.language_code == "en"
    assert not hasattr(client.get("/en/chapter/").wsgi_request, "content_fallback")
    assert client.get("/fr/nowhere/").status_code == 404
    assert ForeignPage.objects.get(pk=foreign.pk).live
    assert Client().get("/fr/foreign/").status_code == 200


def test_a_reference_can_not_be_changed_or_taken(chapter, statement):
    other = GovernedStatement(title="X", slug="x", reference="TST-1", locale=chapter.locale)
    with translation.override("en"), pytest.raises(Exception, match="belongs to something else"):
        chapter.add_child(instance=other)
    page = GovernedStatement.objects.get(pk=statement.pk)
    page.reference = "TST-7"
    with translation.override("en"), pytest.raises(Exception, match="can't be changed"):
        page.save_revision()
    assert GovernedPage.objects.get(pk=chapter.pk).numchild == 3
