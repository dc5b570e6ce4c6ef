"""Addresses that are given to readers, machines and search engines."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import server_error
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from dfs_pages.models import ChapterPage, RecommendationPage
from dfs_site.logs import HideSecrets
from dfs_workflow.conf import interface_language
from dfs_workflow.gate import system_publication

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize("language", ["ar", "zh-hans"])
def test_a_page_that_could_not_be_made_is_in_the_language_of_the_reader(language: str) -> None:
    with translation.override(language):
        html = server_error(RequestFactory().get(f"/{language}/")).content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert "Something went wrong" not in html


@pytest.mark.usefixtures("content")
class TestAddresses:
    @pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh-hans", "ru"])
    def test_every_language_answers_and_says_in_which_its_frame_is(self, client: Client, language: str) -> None:
        response = client.get(f"/{language}/r/SIM-MNO-03/")
        html = response.content.decode()
        assert response.status_code == 200
        frame = interface_language(language)
        assert f'<html lang="{frame}" dir="{"rtl" if frame == "ar" else "ltr"}"' in html
        assert ("Skip to content" in html) == (frame == "en")

    def test_a_reference_without_a_language_follows_the_browser(self, client: Client) -> None:
        response = client.get("/r/sim-mno-03", headers={"accept-language": "ar,en;q=0.5"})
        assert (response.status_code, response["Location"]) == (302, "/ar/r/SIM-MNO-03/")
        assert "Accept-Language" in response["Vary"]

    def test_another_language_of_a_search_asks_the_same(self, client: Client) -> None:
        question = {"q": 'sim "swap" & <more>', "kind": "recommendation", "page": "2"}
        html = client.get("/en/search/", question).content.decode()
        asked = "q=sim+%22swap%22+%26+%3Cmore%3E&amp;kind=recommendation"
        assert f'<a href="/ar/search/?{asked}" lang="ar"' in html

    @pytest.mark.parametrize("path", ["r/SIM-MNO-03", "r/SAF-053", "recommendations/sim-swap"])
    def test_a_page_leads_to_its_comments_in_the_language_of_the_reader(self, client: Client, path: str) -> None:
        address = f"/fr/{path}/comments/"
        assert f'href="{address}"' in client.get(f"/fr/{path}/").content.decode()
        assert client.get(address).status_code == 200

    def test_an_unknown_reference_is_not_found(self, client: Client) -> None:
        assert client.get("/en/r/SIM-MNO-99/").status_code == 404

    def test_the_place_in_the_tree_leads_to_the_permanent_address(self, client: Client) -> None:
        page = RecommendationPage.objects.get(reference="SIM-MNO-03", locale__language_code="en")
        response = client.get("/en/" + page.url_path.split("/", 2)[2])
        assert (response.status_code, response["Location"]) == (302, "/en/r/SIM-MNO-03/")

    def test_a_fallback_is_labelled_and_is_no_page_of_its_language(self, client: Client) -> None:
        html = client.get("/ar/r/SAF-053/").content.decode()
        assert '<html lang="ar" dir="rtl"' in html
        assert '<main id="main">' in html
        assert '<h1 class="mt" lang="en" dir="ltr">' in html
        assert 'hreflang="ar"' not in html.split("</head>")[0]
        assert '<link rel="canonical" href="http://testserver/en/r/SAF-053/">' in html

    def test_a_translation_names_its_other_languages(self, client: Client) -> None:
        head = client.get("/fr/r/SIM-MNO-03/").content.decode().split("</head>")[0]
        assert '<link rel="canonical" href="http://testserver/fr/r/SIM-MNO-03/">' in head
        found = dict(re.findall(r'hreflang="([a-z-]+)" href="([^"]+)"', head))
        assert found == {
            "ar": "http://testserver/ar/r/SIM-MNO-03/",
            "en": "http://testserver/en/r/SIM-MNO-03/",
            "fr": "http://testserver/fr/r/SIM-MNO-03/",
            "x-default": "http://testserver/en/r/SIM-MNO-03/",
        }

    def test_the_sitemap_lists_what_is_live_once_and_every_address_in_it_answers(self, client: Client) -> None:
        root = ElementTree.fromstring(client.get("/sitemap.xml").content)
        addresses = [node.text or "" for node in root.findall("s:url/s:loc", SITEMAP)]
        assert len(addresses) == len(set(addresses)) > 300
        assert "http://testserver/ar/r/SAF-053/" not in addresses
        for address in addresses[::25]:
            assert client.get(address.removeprefix("http://testserver")).status_code == 200, address
        alternates = root.findall("s:url/x:link", SITEMAP)
        assert alternates

    def test_a_private_page_is_in_no_list(self, client: Client) -> None:
        with system_publication(reason="test"):
            for chapter in ChapterPage.objects.filter(slug="ss7"):
                PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
        assert client.get("/en/r/SS7-REG-01/").status_code == 302
        for path in ("/sitemap.xml", "/en/", "/en/recommendations/", "/en/search/?q=SS7-REG-01"):
            html = client.get(path).content.decode()
            assert "/r/SS7-REG-01/" not in html, path
            assert "/recommendations/ss7/" not in html, path

    def test_a_page_of_a_group_is_refused_to_others_who_are_signed_in(self, client: Client) -> None:
        """The login would send them back to the page, and the page to the login, for ever."""
        chapter = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
        with system_publication(reason="test"):
            closed = PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.GROUPS)
            closed.groups.add(group := Group.objects.create(name="lab"))
        user = User.objects.create_user("somebody")
        assert client.get("/en/r/SS7-REG-01/").status_code == 302
        client.force_login(user)
        for path in ("/en/r/SS7-REG-01/", "/en/recommendations/ss7/", "/en/r/SS7-REG-01.md"):
            assert client.get(path).status_code in (403, 404), path
        user.groups.add(group)
        assert client.get("/en/r/SS7-REG-01/").status_code == 200

    def test_a_changed_slug_leaves_a_redirect(
        self, client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        chapter = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
        old = client.get("/en/recommendations/ss7/")
        assert old.status_code == 200
        chapter.slug = "signalling"
        with system_publication(reason="test"), django_capture_on_commit_callbacks(execute=True):
            chapter.save_revision().publish()
        assert client.get("/en/recommendations/signalling/").status_code == 200
        moved = client.get("/en/recommendations/ss7/")
        assert moved.status_code == 301
        assert moved["Location"].endswith("/en/recommendations/signalling/")
        assert Redirect.objects.exists()
        french = client.get("/fr/recommendations/ss7/", follow=True)
        assert [status for _url, status in french.redirect_chain] == [301]
        html = french.content.decode()
        assert '<html lang="fr"' in html
        assert '<link rel="canonical" href="http://testserver/fr/recommendations/signalling/">' in html
        head, body = client.get("/en/recommendations/signalling/").content.decode().split("</head>")
        assert 'hreflang="fr" href="http://testserver/fr/recommendations/signalling/"' in head
        assert '<a href="/fr/recommendations/signalling/" lang="fr"' in body
        assert client.get("/es/recommendations/ss7/", follow=True).redirect_chain[0][1] == 301
        call_command("check_gate", stdout=StringIO())

    def test_what_is_missing_is_for_editors_only(self, client: Client) -> None:
        chapter = ChapterPage.objects.get(slug="sim-swap", locale__language_code="en")
        assert chapter.missing
        first = chapter.missing.splitlines()[0][:40]
        for path in ("/en/recommendations/sim-swap/", "/api/v1/pages/by-path?path=/en/recommendations/sim-swap/"):
            assert first not in client.get(path).content.decode()


def test_the_health_address_needs_no_content(client: Client, db: None) -> None:
    response = client.get("/health/")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("text", ['"', "'\"", "\0'\"<script>", "a AND OR NOT (", "*", "🙂", "x" * 3000])
def test_odd_words_in_a_search_are_answered(client: Client, text: str) -> None:
    response = client.get("/en/search/", {"q": text})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("</head>")[1]


def test_the_link_of_a_saved_draft_is_kept_out_of_the_log(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(HideSecrets())
    client.get("/en/mou-builder/resume/very-secret-token/)")
    client.get("/en/mou-builder/agreement/very-secret-token/en/purpose/)")
    assert "very-secret-token" not in caplog.text
    assert "/mou-builder/resume/" in caplog.text
