"""A first visit, a remembered choice, and the order in which other languages stand in."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override
from wagtail.models import Locale, Page

from dfs_pages import query
from dfs_pages.models import ChapterPage, HomePage
from dfs_workflow.gate import system_publication
from dfs_workflow.sorting import sort_key

PEOPLE = {"accept": "text/html,*/*;q=0.8", "user-agent": "Mozilla/5.0"}


@pytest.mark.django_db
class TestFirstVisit:
    @pytest.mark.parametrize(
        ("asked", "found"), [("fr-CA,fr;q=0.9,en;q=0.5", "fr"), ("zh-CN,zh;q=0.9", "zh-hans"), ("sw,xx", "en")]
    )
    def test_people_are_led_to_their_language(self, client: Client, asked: str, found: str) -> None:
        response = client.get("/", headers={**PEOPLE, "accept-language": asked})
        assert (response.status_code, response["Location"]) == (302, f"/{found}/")
        assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))
        assert "private" in response["Cache-Control"]

    @pytest.mark.parametrize(
        "headers",
        [
            {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)", "accept-language": "fr"},
            {"accept": "application/json", "accept-language": "fr"},
            PEOPLE,
        ],
        ids=["robot", "program", "no language"],
    )
    def test_others_are_shown_all_languages(self, client: Client, headers: dict[str, str]) -> None:
        response = client.get("/", headers=headers)
        assert response.status_code == 200
        html = response.content.decode()
        assert '<a href="/ar/" lang="ar" dir="rtl">العربيّة</a>' in html
        assert '<link rel="alternate" hreflang="x-default" href="http://testserver/">' in html

    def test_machines_are_never_led_to_a_language(self, client: Client) -> None:
        for path in ("/api/v1/nothing", "/api", "/glossary/"):
            answer = client.get(path, headers={"accept": "application/json", "accept-language": "fr"})
            assert answer.status_code == 404, path
        robot = client.get("/glossary/", headers={"user-agent": "bingbot/2.0", "accept-language": "fr"})
        assert robot.status_code == 404
        assert client.get("/glossary/", headers={**PEOPLE, "accept-language": "fr"})["Location"] == "/fr/glossary/"


@pytest.mark.usefixtures("content")
class TestRememberedChoice:
    def test_a_click_on_a_language_is_remembered(self, client: Client) -> None:
        client.get("/fr/r/SIM-MNO-03/", headers={"host": "testserver"})
        response = client.get("/ar/r/SIM-MNO-03/", headers=came("/fr/r/SIM-MNO-03/"))
        assert response.cookies["django_language"].value == "ar"
        assert "private" in response["Cache-Control"]
        assert client.get("/", headers={**PEOPLE, "accept-language": "es"})["Location"] == "/ar/"
        assert client.get("/r/SIM-MNO-03", headers={"accept-language": "es"})["Location"] == "/ar/r/SIM-MNO-03/"

    def test_nobody_elses_choice_comes_out_of_the_cache(self, client: Client) -> None:
        client.get("/ar/r/SIM-MNO-03/", headers=came("/fr/r/SIM-MNO-03/"))
        other = Client().get("/ar/r/SIM-MNO-03/", headers={"host": "testserver"})
        assert not other.cookies
        assert "private" not in other["Cache-Control"]

    @pytest.mark.parametrize("referer", ["http://elsewhere.example/fr/", "http://testserver/ar/", ""])
    def test_reading_on_or_coming_from_elsewhere_is_no_choice(self, client: Client, referer: str) -> None:
        response = client.get("/ar/r/SIM-MNO-03/", headers={"host": "testserver", "referer": referer})
        assert not response.cookies


def came(path: str) -> dict[str, str]:
    return {"host": "testserver", "referer": f"http://testserver{path}"}


@pytest.fixture
def arabic_reads_french(settings: Any, content: Any) -> None:
    settings.DFS_WORKFLOW_FALLBACKS = {"ar": ["fr"]}


def without_arabic(slug: str) -> str:
    """A chapter with its statements whose Arabic draft was taken away; the address below the home page."""
    page = ChapterPage.objects.get(slug=slug, locale__language_code="ar")
    address = page.url_path.split("/", 2)[2]
    Page.objects.filter(path__startswith=page.path).update(live=False, live_revision=None)
    return address


@pytest.mark.usefixtures("arabic_reads_french")
class TestFallbacks:
    def test_another_language_stands_in_before_the_source(self, client: Client) -> None:
        address = without_arabic("sim-swap")
        html = client.get(f"/ar/{address}").content.decode()
        french = ChapterPage.objects.get(slug="sim-swap", locale__language_code="fr")
        assert '<html lang="ar" dir="rtl"' in html
        assert f'<h1 lang="fr" dir="ltr">{french.title}</h1>' in html.replace("’", "’")
        assert "الفرنسية" in html  # the notice names the language that is shown
        assert '<p class="stmt" lang="fr" dir="ltr">' in html
        assert 'hreflang="ar"' not in html.split("</head>")[0]

    def test_also_for_the_home_page(self, client: Client) -> None:
        HomePage.objects.filter(locale__language_code="ar").update(live=False, live_revision=None)
        french = HomePage.objects.get(locale__language_code="fr")
        html = client.get("/ar/").content.decode()
        assert f'<h1 lang="fr" dir="ltr">{french.title}</h1>' in html
        assert "الفرنسية" in html

    def test_its_lists_permanent_links_and_search_do_the_same(self, client: Client) -> None:
        without_arabic("sim-swap")
        page = client.get("/ar/r/SIM-MNO-03/").content.decode()
        assert '<p class="stmt stmt-l mt" lang="fr" dir="ltr">' in page
        index = client.get("/ar/recommendations/").content.decode()
        assert 'lang="fr" dir="ltr"' in index

    def test_the_chain_ends_with_the_source(self, client: Client) -> None:
        address = without_arabic("sim-swap")
        French = Locale.objects.get(language_code="fr")
        Page.objects.filter(url_path__endswith=f"/{address}", locale=French).update(live=False, live_revision=None)
        html = client.get(f"/ar/{address}").content.decode()
        assert '<h1 lang="en" dir="ltr">' in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["eau", "école", "etude", "étude", "zone"]),
        ("es", ["nube", "ñandú", "ola"]),
        ("ru", ["икона", "йота", "код"]),
        ("ar", ["أمن", "الباب", "تعريف"]),
        ("zh-hans", ["安全", "电信", "账户"]),
    ],
)
def test_words_stand_in_the_order_of_their_alphabet(language: str, words: list[str]) -> None:
    assert sorted(words, key=lambda word: sort_key(word, language)) == words


def test_the_glossary_is_sorted_for_its_reader(content: Any) -> None:
    terms = [term.term for term in query.glossary("fr") if term.locale.language_code == "fr"]
    assert terms == sorted(terms, key=lambda word: sort_key(word, "fr"))
    with system_publication(reason="test"):
        assert terms


@pytest.mark.parametrize(
    ("language", "comma", "colon"), [("zh-hans", "，", "："), ("ar", "، ", ": "), ("fr", ", ", "\u00a0: ")]
)
def test_punctuation_between_two_parts_of_a_page_is_that_of_the_language(language: str, comma: str, colon: str) -> None:
    template = Template(
        "{% load i18n %}{{ one }}{% translate ', ' context 'aside' %}{{ two }}{% translate ': ' %}{{ three }}"
    )
    with override(language):
        assert template.render(Context({"one": 1, "two": 2, "three": 3})) == f"1{comma}2{colon}3"
