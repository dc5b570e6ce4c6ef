"""Readers find what is public, in their words and language, the same on SQLite and PostgreSQL."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from benchmarks.search_quality import ask_all
from dfs_pages.models import ChapterPage, GlossaryTerm, MissedSearch, RecommendationPage, SearchEntry
from dfs_pages.search import Filters, facets, find, service
from dfs_pages.search.text import analyse
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import create_pages

pytestmark = pytest.mark.usefixtures("content")


def references(text: str, language: str = "en", **filters: str) -> list[str]:
    return [hit.reference for hit in find(text, language, Filters(**filters)).hits]


def page_of(reference: str, language: str = "en") -> RecommendationPage:
    return RecommendationPage.objects.get(reference=reference, locale__language_code=language)


def test_labelled_questions_are_answered_in_the_first_three() -> None:
    asked = list(ask_all())
    wrong = [f"{one.language} {one.query}: {one.found}" for one in asked if not one.is_right]
    assert len(asked) >= 60 and len({one.language for one in asked}) == 6
    assert len(wrong) <= len(asked) * 0.1, wrong


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "authenticating", "authenticated"),
        ("fr", "vérifications", "verification"),
        ("es", "instituciones", "institución"),
        ("es", "institución", "institucion"),
        ("ru", "поставщиков", "поставщик"),
        ("ar", "والمخاطر", "مخاطر"),
        ("ar", "للحماية", "الحمايه"),
        ("ar", "المورّدين", "الموردون"),
        ("zh-hans", "供应商尽职调查", "尽职调查"),
        ("en", "e-money", "emoney"),
    ],
)
def test_two_spellings_meet_in_the_index(language: str, one: str, other: str) -> None:
    assert set(analyse(one, language).split()) & set(analyse(other, language).split())


class TestTheIndexFollows:
    def test_a_publication_and_a_withdrawal(self) -> None:
        page = page_of("SIM-MNO-09")
        page.statement = "Teach xylophone playing."
        page.save_revision()
        assert references("xylophone") == []
        with system_publication(reason="test"):
            page.save_revision().publish()
        assert references("xylophones") == ["SIM-MNO-09"]
        with system_publication(reason="test"):
            page_of("SIM-MNO-09").unpublish()
        assert references("xylophone") == []

    def test_restrictions_on_a_chapter_and_what_is_below_it(self) -> None:
        chapter = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
        assert "SS7-MNO-09" in references("SS7 firewall")
        with system_publication(reason="test"):
            restriction = PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
        assert "SS7-MNO-09" not in references("SS7 firewall")
        assert not SearchEntry.objects.filter(page__path__startswith=chapter.path).exists()
        with system_publication(reason="test"):
            restriction.delete()
        assert "SS7-MNO-09" in references("SS7 firewall")

    def test_a_deletion(self) -> None:
        with system_publication(reason="test"):
            page_of("SIM-MNO-09").delete()
        assert "SIM-MNO-09" not in references("train customer support staff")

    def test_a_move_to_another_chapter(self) -> None:
        chapter = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
        with system_publication(reason="test"):
            page_of("SIM-MNO-09").move(chapter, pos="last-child")
        found = references("customer support", section=str(chapter.translation_key))
        assert "SIM-MNO-09" in found

    def test_a_bulk_import(self) -> None:
        chapter = ChapterPage.objects.get(slug="sim-mno", locale__language_code="en")
        extra = RecommendationPage(title="Zeppelin", slug="z", reference="SIM-MNO-99", statement="Watch zeppelins.")
        with system_publication(reason="test"):
            create_pages(chapter, [(extra, [])])
        assert references("zeppelin") == ["SIM-MNO-99"]

    def test_a_term_of_the_glossary(self) -> None:
        term = GlossaryTerm.objects.get(key="mfa", locale__language_code="en")
        term.definition = "Needs a zither and a zeppelin."
        with system_publication(reason="test"):
            term.save_revision().publish()
        assert [hit.url for hit in find("zither", "fr").hits] == []  # there is a French text of it
        assert [hit.url for hit in find("zither", "es").hits] == ["/es/glossary/#mfa"]

    def test_the_command_that_builds_it_again(self) -> None:
        before = list(SearchEntry.objects.order_by("translation_key", "language").values_list("title", "terms_body"))
        SearchEntry.objects.all().delete()
        call_command("update_index", "--backend", "readers", verbosity=0)
        after = SearchEntry.objects.order_by("translation_key", "language").values_list("title", "terms_body")
        assert before == list(after)


def test_what_only_the_index_still_knows_is_not_shown() -> None:
    Page.objects.filter(pk=page_of("SIM-MNO-09").pk).update(live=False)
    assert "SIM-MNO-09" not in references("train customer support staff")


def test_terms_of_the_glossary_are_found_in_every_language() -> None:
    english, french = Locale.objects.get(language_code="en"), Locale.objects.get(language_code="fr")
    term = GlossaryTerm(key="zz", term="Glockenspiel", definition="It rings.", locale=english)
    term.save()
    translation = GlossaryTerm(
        key="zz", term="Carillon", definition="Il sonne.", locale=french, translation_key=term.translation_key
    )
    translation.save()
    with system_publication(reason="test"):
        term.save_revision().publish()
        translation.save_revision().publish()
        page = page_of("SIM-MNO-09")
        page.statement = "Ring the glockenspiel before a swap."
        page.save_revision().publish()
    assert "SIM-MNO-09" in references("carillons", "en")
    assert find("glockenspiel", "fr").hits[0].url == "/fr/glossary/#zz"


class TestTheAddressIsTheQuestion:
    def test_each_count_is_what_its_link_gives(self, client: Client) -> None:
        results = find("security", "en")
        assert {facet.key for facet in results.facets} == {"kind", "section", "stakeholder", "language"}
        for facet in results.facets:
            for option in facet.options:
                narrowed = find("security", "en", Filters(**{facet.key: option.key}))
                assert narrowed.total == option.count or option.is_more and narrowed.total > option.count
        (kind,) = (facet for facet in results.facets if facet.key == "kind")
        assert sum(option.count for option in kind.options) == results.total

    def test_filters_are_plain_links_and_can_be_taken_away(self, client: Client) -> None:
        html = client.get("/en/search/?q=security&kind=controlpage&stakeholder=regulator").content.decode()
        assert 'href="?q=security&amp;stakeholder=regulator"' in html
        assert 'href="?q=security&amp;kind=controlpage"' in html
        assert 'href="?q=security&amp;kind=controlpage&amp;stakeholder=dfs_provider"' in html
        assert "<script>" not in html

    @pytest.mark.parametrize(
        "query", ["kind=%27", "section=1", "stakeholder=%25", "language=xx", "page=-1", "page=99999"]
    )
    def test_what_is_wrong_in_an_address_is_left_out_and_filters_are_named(self, client: Client, query: str) -> None:
        plain = re.findall(r'class="ref" href="([^"]+)"', client.get("/en/search/?q=swap").content.decode())
        response = client.get(f"/en/search/?q=swap&{query}")
        assert response.status_code == 200
        if "99999" not in query:
            assert re.findall(r'class="ref" href="([^"]+)"', response.content.decode()) == plain
        assert ("which the search does not know" in response.content.decode()) is not query.startswith("page")

    def test_a_filter_that_leaves_nothing_is_said_and_can_be_taken_away(self, client: Client) -> None:
        html = client.get("/en/search/?q=swap&kind=nothing").content.decode()
        assert "There is nothing with the filters of this address." in html
        assert '<a class="chip" href="?q=swap"><bdi>nothing</bdi>' in html
        assert '<a class="small" href="?q=swap">Show all results</a>' in html

    @pytest.mark.parametrize(
        ("common", "enough", "ranked"), [(300, 60, 100), (10, 25, 30), (10, 25, 500), (10, 100, 100)]
    )
    def test_every_result_is_on_one_page_only(
        self, monkeypatch: pytest.MonkeyPatch, common: int, enough: int, ranked: int
    ) -> None:
        monkeypatch.setattr(service, "COMMON", common)
        monkeypatch.setattr(service, "ENOUGH", enough)
        monkeypatch.setattr(service, "RANKED", ranked)
        results = find("security", "en")
        pages = [find("security", "en", page=number) for number in range(1, results.pages + 1)]
        urls = [hit.url for page in pages for hit in page.hits]
        assert len(urls) == len(set(urls)) == results.total

    def test_of_many_results_those_with_a_word_in_their_title_come_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(service, "COMMON", 10)
        monkeypatch.setattr(service, "ENOUGH", 1)
        pages = find("security", "en").pages
        hits = [hit for number in range(1, pages + 1) for hit in find("security", "en", page=number).hits]
        in_title = ["<mark>" in hit.title for hit in hits]
        assert in_title[0] and not in_title[-1] and in_title == sorted(in_title, reverse=True)

    def test_of_many_chapters_the_largest_are_listed_and_the_rest_is_one_link_away(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(facets, "MOST_OPTIONS", 2)
        (every,) = (facet for facet in find("security", "en", whole="section").facets if facet.key == "section")
        (some,) = (facet for facet in find("security", "en").facets if facet.key == "section")
        assert len(every.options) == every.total == some.total > 4
        assert [option.count for option in some.options] == [option.count for option in every.options[:2]]
        listed = {option.key for option in some.options}
        left_out, *_, last = (f"section={option.key}" for option in every.options if option.key not in listed)
        assert left_out not in client.get("/en/search/?q=security").content.decode()
        assert left_out in client.get("/en/search/?q=security&all=section").content.decode()
        html = client.get(f"/en/search/?q=security&{last}").content.decode()
        assert 'href="?q=security"' in html  # the one that is chosen is listed, to be taken away
        assert f'href="?q=security&amp;{last}&amp;all=section#f-section"' in html

    def test_of_other_languages_a_hundred_are_counted(self, client: Client) -> None:
        """Counting on cost more than finding what is shown."""
        english, french = Locale.objects.get(language_code="en"), Locale.objects.get(language_code="fr")
        terms = [
            GlossaryTerm(key=f"zz-{number}", term=f"Ornithorynx {number}", definition="A beast.", locale=locale)
            for number, locale in enumerate([english, *[french] * 101])
        ]
        for some, shown in ((terms[:-1], "100"), (terms[-1:], "100+")):
            with system_publication(reason="test"):
                for term in some:
                    term.save()
                    term.save_revision().publish()
            html = client.get("/en/search/?q=ornithorynx").content.decode()
            assert f"<span>français</span><span>{shown}</span>" in html
        assert find("ornithorynx", "en", Filters(language="fr")).total == 101

    def test_another_language_is_one_link_away(self) -> None:
        hit = find("vérification biométrique", "en", Filters(language="fr")).hits[0]
        assert (hit.reference, hit.url, hit.language) == ("SIM-MNO-03", "/fr/r/SIM-MNO-03/", "fr")


class TestWhatIsShown:
    def test_found_words_are_marked_and_everything_is_escaped(self, client: Client) -> None:
        page = page_of("SIM-MNO-09")
        page.statement = "Play <b>xylophones</b> & wait."
        with system_publication(reason="test"):
            page.save_revision().publish()
        html = client.get("/en/search/", {"q": "xylophone"}).content.decode()
        assert "Play &lt;b&gt;<mark>xylophones</mark>&lt;/b&gt; &amp; wait." in html

    def test_a_slip_is_corrected_and_said(self, client: Client) -> None:
        html = client.get("/en/search/", {"q": "biometrc"}).content.decode()
        assert "for “biometric”" in html and "SIM-MNO-03" in html

    def test_the_beginning_of_a_word_is_enough(self) -> None:
        assert "SIM-MNO-03" in references("biometr")

    def test_some_of_the_words_are_better_than_nothing(self, client: Client) -> None:
        html = client.get("/en/search/", {"q": "biometric hippopotamus"}).content.decode()
        assert "SIM-MNO-03" in html and "some of them" in html

    def test_a_text_in_another_language_says_so(self, client: Client) -> None:
        html = client.get("/ar/search/", {"q": "SAF-034"}).content.decode()
        assert re.search(r'<h3><a href="/ar/r/SAF-034/" lang="en" dir="ltr">', html)

    def test_suggestions_while_typing(self, client: Client) -> None:
        found = client.get("/en/search/suggestions/?q=sim-mno-0").json()["suggestions"]
        assert {"reference": "SIM-MNO-03", "url": "/en/r/SIM-MNO-03/", "lang": "en"}.items() <= found[0].items() or any(
            row["reference"] == "SIM-MNO-03" for row in found
        )
        assert client.get("/en/search/suggestions/?q=s").json() == {"suggestions": []}


class TestSearchesWithoutAResult:
    def test_they_are_counted_each_time(self, client: Client) -> None:
        for text in ("Hippopotamus", "hippopotamus ", "HIPPOPOTAMUS"):
            response = client.get("/en/search/", {"q": text})
            assert response["Cache-Control"] == "no-store"
        assert list(MissedSearch.objects.values_list("text", "language", "times")) == [("hippopotamus", "en", 3)]
        client.get("/en/search/", {"q": "swap"})
        client.get("/en/search/", {"q": "swap", "kind": "nothing"})
        assert MissedSearch.objects.count() == 1

    @pytest.mark.parametrize("text", ["zoe@hippo.example", "zzz +254 700 123 456", "z" * 150])
    def test_what_may_name_somebody_is_not_kept(self, client: Client, text: str) -> None:
        client.get("/en/search/", {"q": text})
        assert not MissedSearch.objects.exists()

    def test_editors_see_them_and_can_only_clear_them(self, client: Client) -> None:
        client.get("/fr/search/", {"q": "hippopotame"})
        call_command("set_up_platform", verbosity=0)
        user = User.objects.create_user("editor")
        user.groups.add(Group.objects.get(name="Editors"))
        client.force_login(user)
        html = client.get("/admin/missed_searches/").content.decode()
        assert "hippopotame" in html
        assert client.get("/admin/missed_searches/new/").status_code == 302
