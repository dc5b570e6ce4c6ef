"""What other systems read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from dfs_pages.models import ChapterPage, ControlPage, GlossaryTerm, RecommendationPage
from dfs_workflow.gate import system_publication

pytestmark = pytest.mark.urls("tests.dfs_pages.api_urls")
ENGLISH = {"locale__language_code": "en"}


@pytest.fixture
def get(client, content):
    def ask(path, status=200, /, **query):
        response = client.get(f"/api/pages{path}", query)
        assert response.status_code == status, response.content
        return response.json()

    return ask


def references(answer):
    return [item["reference"] for item in answer["items"]]


def test_a_recommendation_says_where_it_comes_from_and_where_it_stays(get):
    answer = get("/recommendations/SIM-MNO-03")
    item = answer["item"]
    assert answer["notice"].startswith("Not an official ITU text")
    assert item["statement"] == "Carry out biometric verification before any SIM swap or SIM replacement."
    assert item["permanent_link"] == item["url"] == "http://testserver/en/r/SIM-MNO-03/"
    assert item["source_url"].startswith("https://itu.gitbook.io/sim-swap-threats/")
    assert item["chapter"]["url"] == "http://testserver/en/recommendations/sim-swap/sim-mno/"
    assert [link["reference"] for link in item["related"]] == ["SAF-052", "SAF-053"]
    assert (item["language"], item["is_fallback"], item["is_draft_translation"]) == ("en", False, False)


def test_a_translation_says_that_nobody_has_reviewed_it(get):
    item = get("/recommendations/SIM-MNO-03", language="ar")["item"]
    assert (item["language"], item["is_fallback"], item["is_draft_translation"]) == ("ar", False, True)
    assert item["url"] == "http://testserver/ar/r/SIM-MNO-03/"
    assert "SIM" in item["statement"]
    assert item["statement"] != get("/recommendations/SIM-MNO-03")["item"]["statement"]


@pytest.mark.parametrize("language", ["es", "ar"])
def test_what_is_not_translated_comes_in_the_source_language_and_says_so(get, language):
    item = get("/recommendations/SS7-REG-01", language=language)["item"]
    assert (item["language"], item["is_fallback"]) == ("en", True)
    assert item["url"] == f"http://testserver/{language}/r/SS7-REG-01/"


FILTERS = [
    ("/recommendations", {"chapter": "sim-swap"}, 25),
    ("/recommendations", {"chapter": "sim-mno"}, 14),
    ("/recommendations", {"audience": "consumer"}, 1),
    ("/recommendations", {"threat": "sim swap fraud"}, 17),
    ("/recommendations", {"threat": "SIM swap"}, 3),
    ("/recommendations", {"threat": "%"}, 0),
    ("/recommendations", {"reference": "SIM-MNO-03"}, 1),
    ("/recommendations", {"chapter": "sim-swap", "threat": "SIM cloning", "audience": "mno"}, 1),
    ("/controls", {}, 134),
    ("/controls", {"catalogue": "consumer-competence"}, 15),
    ("/controls", {"threat": "SAF-T10"}, 7),
    ("/controls", {"stakeholder": "device_manufacturer"}, 2),
    ("/controls", {"stakeholder": "regulator"}, None),  # known from the recommendations
    ("/controls", {"dimension": "non_repudiation", "stakeholder": "merchant"}, None),
    ("/threats", {"catalogue": "assurance-framework"}, 17),
    ("/catalogues", {}, 2),
    ("/glossary", {"key": "ss7"}, 1),
]


@pytest.mark.parametrize(("path", "query", "count"), FILTERS)
def test_lists_are_filtered_counted_and_paged(get, path, query, count):
    answer = get(path, **query)
    assert set(answer) == {"notice", "count", "limit", "offset", "items"}
    assert len(answer["items"]) == min(answer["count"], answer["limit"])
    if count is not None:
        assert answer["count"] == count
    everything = get(path, limit=100)
    assert answer["count"] <= everything["count"]


def test_filters_choose_by_what_the_items_say(get):
    answer = get("/controls", stakeholder="merchant", dimension="data_integrity", limit=100)
    every = [item for offset in (0, 100) for item in get("/controls", limit=100, offset=offset)["items"]]
    wanted = [i["reference"] for i in every if "merchant" in i["stakeholders"] and "data_integrity" in i["dimensions"]]
    assert references(answer) == wanted != []


def test_pages_of_a_list_follow_each_other(get):
    whole = references(get("/recommendations", limit=100))
    pages = [references(get("/recommendations", limit=30, offset=offset)) for offset in (0, 30, 60, 90)]
    assert sum(pages, []) == whole
    assert len(set(whole)) == 91


@pytest.mark.parametrize(
    "query",
    [
        {"audiance": "mno"},
        {"language": "de"},
        {"limit": 0},
        {"limit": 101},
        {"limit": [1, 2]},
        {"offset": -1},
        {"reference": "<script>"},
        {"threat": "x" * 201},
        {"chapter": "\0"},
    ],
)
def test_what_is_unknown_or_wrong_is_refused(client, content, query):
    response = client.get("/api/pages/recommendations", query)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 422
    assert "\\x00" in str(query) or next(iter(query)) in str(response.json())


UNKNOWN = [
    ("/recommendations", {"chapter": "nosuch"}, "no such chapter or section"),
    ("/recommendations", {"audience": "bogus"}, "known are: "),
    ("/controls", {"catalogue": "nosuch"}, "no such catalogue"),
    ("/controls", {"threat": "SAF-T99"}, "no such threat"),
    ("/controls", {"stakeholder": "device.manufacturer"}, "device_manufacturer"),
    ("/controls", {"dimension": "bogus"}, "non_repudiation"),
    ("/threats", {"catalogue": "nosuch"}, "no such catalogue"),
]


@pytest.mark.parametrize(("path", "query", "words"), UNKNOWN)
def test_a_value_that_does_not_exist_is_refused_and_the_known_ones_are_named(get, path, query, words):
    (error,) = get(path, 422, **query)["errors"]
    assert (error["place"], error["code"]) == (["query", *query], "unknown_value")
    assert words in error["message"]


def test_filters_cost_at_most_two_queries_more(get, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        get("/controls", stakeholder="device_manufacturer", dimension="authentication", limit=100)


@pytest.mark.parametrize("path", ["/recommendations/SIM-MNO-99", "/controls/SIM-MNO-03", "/recommendations/%00"])
def test_what_is_not_there_is_a_problem_and_not_a_redirect(client, content, path):
    response = client.get(f"/api/pages{path}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_a_reserved_control_and_a_competence_say_what_is_missing(get):
    reserved = get("/controls/SAF-105")["item"]
    assert (reserved["reserved"], reserved["statement"], reserved["itu_number"]) == (True, "", "C105")
    competence = get("/controls/CCF-01")["item"]
    assert competence["unseen"] == "CA1.1-S4 and CA1.1-P1 to P5"
    assert [outcome["code"] for outcome in competence["outcomes"]][:2] == ["CA1.1-K1", "CA1.1-K2"]


def test_a_control_names_its_risk_threat_and_catalogue(get):
    item = get("/controls/SAF-053")["item"]
    threat = get("/threats", reference="SAF-T10")["items"][0]
    assert item["threat"] == {
        "title": "SIM attacks",
        "url": "http://testserver/en/r/SAF-T10/",
        "reference": "SAF-T10",
    }
    assert item["catalogue"]["title"] == "DFS Security Assurance Framework"
    assert {risk["id"]: risk["title"] for risk in threat["risks"]}[item["risk"]] == item["risk_title"]


def test_what_editors_still_miss_is_not_told(get):
    assert all("missing" not in item for path in ("/catalogues", "/controls") for item in get(path)["items"])


def test_the_tree_shows_structure_and_not_statements(get):
    items = get("/pages/tree", language="ar")["items"]
    recommendations = next(item for item in items if item["url"].endswith("/ar/recommendations/"))
    assert [child["kind"] for child in recommendations["children"]] == ["chapterpage"] * 3
    sim = recommendations["children"][0]
    assert (sim["language"], len(sim["children"])) == ("ar", 4)
    assert recommendations["children"][1]["is_fallback"]
    assert "recommendationpage" not in str(items)


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/", "en", "Security recommendations for digital financial services"),
        ("recommendations/sim-swap/", "en", "Security recommendations to protect against DFS SIM risks"),
        ("/fr/about/", "fr", "À propos"),
        ("recommendations/ss7/ss7-reg/ss7-reg-01", "ar", "Put an inter-regulator MOU"),
    ],
)
def test_any_page_is_found_by_path_and_language(get, path, language, title):
    item = get("/pages/by-path", path=path, language=language)["item"]
    assert item["title"].startswith(title)
    assert item["is_fallback"] is (item["language"] != language)


@pytest.mark.parametrize("path", ["nowhere/", "../admin/", "recommendations/sim-swap/sim-mno/nothing"])
def test_a_path_that_leads_nowhere_is_404(get, path):
    assert get("/pages/by-path", 404, path=path)["status"] == 404


def test_drafts_never_appear(get, admin_user):
    section = ChapterPage.objects.get(**ENGLISH, reference_prefix="SIM-MNO")
    draft = RecommendationPage(title="A draft", reference="SIM-MNO-77", statement="Not yet.", live=False)
    section.add_child(instance=draft)
    live = RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")
    live.statement = "Secret draft words"
    live.save_revision(user=admin_user)
    assert "SIM-MNO-77" not in references(get("/recommendations", limit=100))
    get("/recommendations/SIM-MNO-77", 404)
    get("/pages/by-path", 404, path=f"recommendations/sim-swap/sim-mno/{draft.slug}/")
    assert "Secret draft words" not in str(get("/recommendations/SIM-MNO-03"))


def test_private_pages_never_appear(get):
    chapter = ChapterPage.objects.get(**ENGLISH, slug="sim-swap")
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=chapter, restriction_type="login")
    assert "no such chapter" in get("/recommendations", 422, chapter="sim-swap")["detail"]
    assert not any(r.startswith("SIM-") for r in references(get("/recommendations", limit=100)))
    get("/recommendations/SIM-MNO-03", 404)
    get("/recommendations/SIM-MNO-03", 404, language="fr")
    get("/pages/by-path", 404, path="recommendations/sim-swap/")
    assert "sim-swap" not in str(get("/pages/tree"))


def test_a_private_statement_is_not_named_as_related(get):
    control = ControlPage.objects.get(**ENGLISH, reference="SAF-052")
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=control, restriction_type="login")
    assert [link["reference"] for link in get("/recommendations/SIM-MNO-03")["item"]["related"]] == ["SAF-053"]


def test_an_unpublished_term_is_gone_from_the_glossary(get):
    term = GlossaryTerm.objects.get(**ENGLISH, key="ss7")
    with system_publication(reason="test"):
        term.unpublish()
    assert get("/glossary", key="ss7")["count"] == 0


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["/recommendations", "/controls", "/threats", "/glossary"])
def test_the_number_of_queries_does_not_grow_with_the_list(get, path, language):
    get(path, limit=2, language=language, offset=6)  # SIM-MNO-03, which has related statements
    counts = []
    for limit in (1, 17):
        with CaptureQueriesContext(connection) as queries:
            get(path, limit=limit, language=language, offset=6)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_links_inside_texts_keep_the_language_of_the_reader(get):
    html = str(get("/pages/by-path", path="/", language="fr")["item"]["body"])
    assert 'href="/fr/contribute/"' in html
    assert "linktype" not in html
