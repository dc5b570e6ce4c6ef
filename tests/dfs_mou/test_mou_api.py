"""The model MOU over HTTP, for another system."""

import io
import json

import docx
import pytest
from django.core.management import CommandError, call_command

from tests.dfs_mou.mou_content import example_pairs, new_edition, supplied_json

pytestmark = pytest.mark.django_db
TEMPLATE, QUESTIONS, DOCUMENTS = "/api/v1/mou/template", "/api/v1/mou/questions", "/api/v1/mou/documents"


def post(client, **data):
    return client.post(DOCUMENTS, json.dumps(data), content_type="application/json")


@pytest.fixture
def nigeria():
    pair = example_pairs()["ng-ncc-cbn"]
    return {"common": pair["common"], "values": pair["values"]}


def test_without_an_edition_there_is_nothing(client):
    assert client.get(TEMPLATE).status_code == 404
    assert post(client, language="en").status_code == 404


def test_the_template_is_given_whole(client, edition):
    body = client.get(TEMPLATE).json()
    assert {name: body[name] for name in edition.content} == edition.content
    assert body["sha256"] == edition.sha256


def test_a_clause_says_why_it_was_changed_and_since_when_its_translation_is_older(client, edition):
    content = supplied_json() | {"version": "9.0.0"}
    content["clauses"][3] |= {"reason": {"en": "Asked for by regulators."}, "outdated": {"fr": "2026-11-02"}}
    new_edition(content)
    clause = client.get(TEMPLATE).json()["clauses"][3]
    assert (clause["reason"], clause["outdated"]) == ({"en": "Asked for by regulators."}, {"fr": "2026-11-02"})


def test_the_template_is_given_in_one_language(client, edition):
    body = client.get(TEMPLATE, {"language": "fr"}).json()
    assert body["languages"] == ["fr"]
    assert list(body["clauses"][3]["title"]) == ["fr"]
    assert '"en"' not in json.dumps(body)


def test_the_questions_are_a_list(client, edition):
    body = client.get(QUESTIONS, {"group": "security", "limit": 5}).json()
    assert (body["count"], body["limit"], len(body["items"])) == (26, 5, 5)
    assert all(row["group"] == "security" for row in body["items"])
    needed = client.get(QUESTIONS, {"group": "security", "needed": "true"}).json()
    assert "line_suspension_hours" not in {row["name"] for row in needed["items"]}
    assert 0 < needed["count"] < 26


@pytest.mark.parametrize(
    ("address", "query", "place"),
    [
        (TEMPLATE, {"language": "xx"}, "language"),
        (TEMPLATE, {"lang": "en"}, "lang"),
        (QUESTIONS, {"limit": "0"}, "limit"),
        (QUESTIONS, {"group": "nothing"}, "group"),
        (QUESTIONS, {"colour": "blue"}, "colour"),
        (QUESTIONS, {"language": "de"}, "language"),
    ],
)
def test_unknown_filters_and_values_are_refused(client, edition, address, query, place):
    response = client.get(address, query)
    assert response.status_code == 422
    assert place in response.content.decode()


def test_answers_become_a_tree(client, edition, nigeria):
    body = post(client, language="en", answers=nigeria, date="2026-09-01").json()
    assert body["title"].startswith("Memorandum of Understanding")
    assert body["date"] == "2026-09-01"
    assert body["clauses"][0]["reference"] == "MOU-002"
    assert "telecom_regulator_head_name" in body["blanks"]
    again = post(client, language="en", answers=nigeria, date="2026-09-01")
    assert again.json() == body


@pytest.mark.parametrize(("name", "start"), [("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_answers_become_a_file(client, edition, nigeria, name, start):
    response = post(client, language="en", format=name, answers=nigeria)
    assert response.status_code == 200
    assert response.content.startswith(start)
    assert response["Content-Disposition"].endswith(f'mou-en.{name}"')


def test_a_pdf_names_the_characters_of_which_it_prints_the_number(client, edition):
    answers = {"values": {"en": {"country_name": "ภา 😀"}}}
    response = post(client, language="en", format="pdf", answers=answers)
    assert response.status_code == 200
    assert response["Characters-Not-Drawn"] == "U+0E20 U+0E32"
    assert "Characters-Not-Drawn" not in post(client, language="en", format="docx", answers=answers)


def test_the_word_file_is_in_the_language_asked_for(client, edition, nigeria):
    response = post(client, language="fr", format="docx", answers={"common": nigeria["common"]})
    text = "\n".join(row.text for row in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "Protocole d’accord" in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"language": "xx"}, "language"),
        ({"language": "en", "format": "exe"}, "format"),
        ({"language": "en", "surprise": 1}, "surprise"),
        ({"language": "en", "keep": ["nothing"]}, "keep"),
        ({"language": "en", "keep": ["parties"]}, "keep"),
        ({"language": "en", "answers": {"common": {"sim_swap_hold_hours": 1}}}, "sim_swap_hold_hours"),
        ({"language": "en", "answers": {"common": {"no_such": 1}}}, "no_such"),
        ({"language": "en", "answers": {"values": {"de": {}}}}, "de"),
        ({"language": "en", "answers": {"values": {"en": {"binding": "yes"}}}}, "binding"),
        ({"language": "en", "answers": {"values": {"en": {"country_name": "x" * 3000}}}}, "country_name"),
        ({"language": "en", "date": "soon"}, "date"),
        ({}, "language"),
    ],
)
def test_wrong_answers_are_named(client, edition, data, words):
    response = post(client, **data)
    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")
    places = [part for error in response.json()["errors"] for part in error["place"]]
    assert words in places


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\x7f"])
@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ({"values": {"en": {"country_name": "Uto%spia"}}}, "country_name"),
        ({"common": {"telecom_contacts": [{"name": "A%sda"}]}}, "telecom_contacts"),
    ],
)
def test_a_control_character_is_refused_as_in_a_file(client, edition, tmp_path, answers, name, character):
    answers = json.loads(json.dumps(answers).replace("%s", json.dumps(character)[1:-1]))
    response = post(client, language="en", format="pdf", answers=answers)
    assert response.status_code == 422
    (found,) = [error for error in response.json()["errors"] if error["code"] == "control_character"]
    assert (found["place"][-1], found["message"]) == (name, "The answer holds a character that no text has.")
    assert client.post(
        "/api/v1/mou/compare", {"language": "en", "after": {"answers": answers}}, content_type="application/json"
    ).json()["errors"]
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers))
    with pytest.raises(CommandError, match="holds a character that no text has"):
        call_command("generate_mou", str(path), str(tmp_path / "mou.pdf"), language="en", format="pdf")


def test_a_body_that_is_not_json_or_too_large_is_refused(client, edition):
    assert client.post(DOCUMENTS, "{", content_type="application/json").status_code in (400, 422)
    large = {"common": {}, "values": {"en": {"country_name": "x" * 2_100_000}}}
    assert post(client, language="en", answers=large).status_code == 413


def test_too_many_documents_in_a_minute_are_refused(client, edition, settings):
    settings.DFS_MOU_DOCUMENTS_PER_MINUTE = 1
    assert [post(client, language="en").status_code for _ in range(2)] == [200, 429]


def test_the_template_costs_four_queries(client, edition, django_assert_max_num_queries):
    """The edition in force, its content, and whether its template is public, which is two."""
    client.get(TEMPLATE)
    with django_assert_max_num_queries(4):
        client.get(TEMPLATE)
    with django_assert_max_num_queries(4):
        client.get(QUESTIONS, {"limit": 500})
