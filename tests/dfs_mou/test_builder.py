"""The builder as a drafter meets it, without JavaScript: pages and forms over HTTP."""

import html
import io
import json
import logging
import re

import docx
import pytest
from django.test import Client

from tests.dfs_mou.form import Form, text_of

pytestmark = pytest.mark.django_db
URL = "/en/mou-builder/"


@pytest.fixture
def first(client, edition, directory):
    response = client.get(URL)
    assert response.status_code == 200
    return Form(client, response)


def test_without_an_edition_the_builder_says_so(client, db):
    response = client.get(URL)
    assert response.status_code == 404
    assert "has not been published yet" in text_of(response)


def test_four_answers_make_a_first_complete_document(first):
    parties = first.press("country", country="NG")
    assert "Nigerian Communications Commission (NCC)" in parties.text
    preview = parties.press("preview")
    assert "the Nigerian Communications Commission (NCC), whose status" in preview.text
    assert "the Central Bank of Nigeria" in preview.text
    assert "in Nigeria" in preview.text
    assert "answers missing, shown as lines to fill" in preview.text
    for wrong in ("{{", "[[", "TBD", "the the"):
        assert wrong not in preview.text


def test_a_country_with_several_regulators_offers_each(first, directory):
    parties = first.press("country", country="SN")
    assert "Agence nationale des fréquences" in parties.text
    chosen = parties.press("preview", regulator=str(directory["artp"].pk))
    assert "Autorité de Régulation des Télécommunications et des Postes" in chosen.text
    assert "the West African Monetary Union" in chosen.text


def everything(form):
    state = json.loads(form.value("state"))
    return json.dumps([state["common"], state["values"]], ensure_ascii=False)


def test_another_country_leaves_nothing_of_the_one_before(first, directory):
    senegal = first.press("country", country="SN").press("parties", language=["en", "fr"])
    chosen = senegal.press("central_bank", regulator=str(directory["artp"].pk), language=["en", "fr"])
    typed = {
        "a.en.central_bank_name_definite": "the Bank of Dakar",
        "a.fr.central_bank_city": "Dakar",
        "a.en.data_protection_law": "the law of Dakar on personal data",
        "a.fr.fiu_name": "la cellule de Dakar",
        "a.en.signature_place_locative": "in Dakar",
        "a..incident_major_hours": "48",
        "a.en.security_standards": "the standards that both chose",
    }
    parties = chosen.press("parties", **typed).press("parties", language=["en"])
    assert "Dakar" in everything(parties)
    nigeria = parties.press("country", country="NG")
    for old in ("Senegal", "Sénégal", "Dakar", "ARTP", "BCEAO", "Union", "multi_country"):
        assert old not in everything(nigeria), old
    for agreed in ("48", "the standards that both chose"):
        assert agreed in everything(nigeria), agreed
    assert "Central Bank of Nigeria" in nigeria.press("preview").text


def test_another_authority_or_no_country_leaves_nothing_of_the_one_before(first, directory):
    chosen = first.press("country", country="SN").press("telecom_regulator", regulator=str(directory["artp"].pk))
    parties = chosen.press("parties", **{"a.en.telecom_regulator_city": "Dakar"})
    other = parties.press("parties", regulator=str(directory["other"].pk))
    assert "ARTP" not in everything(other)
    assert "Dakar" not in everything(other)
    assert "ANF" in everything(other)
    assert "BCEAO" in everything(other)
    assert everything(other.press("country", country="")) == '[{}, {"en": {}}]'


def test_what_was_typed_before_a_country_was_chosen_stays(first, directory):
    typed = first.press("telecom_regulator").press("parties", **{"a.en.telecom_regulator_city": "Abuja"})
    assert "Abuja" in everything(typed.press("country", country="NG"))
    senegal = first.press("country", country="SN").press("telecom_regulator")
    named = senegal.press("parties", **{"a.en.telecom_regulator_name": "Board of Dakar"})
    assert "Board of Dakar" in everything(named.press("parties", regulator="typed"))


def test_typed_authorities_need_no_directory(first):
    step = first.press("telecom_regulator").press(
        "preview", **{"a.en.telecom_regulator_name": "Utopian Telecom Board", "a.en.telecom_regulator_acronym": "UTB"}
    )
    assert "the Utopian Telecom Board (UTB)" in step.text


def test_only_questions_of_printed_clauses_are_asked_with_help_and_reason(first):
    step = first.press("security")
    assert "SIM-swap holding period" in step.text
    assert "Allowed: 2 to 168. The model proposes 24." in step.text
    assert "Printed in: “SIM Swap, SIM Clone and Number Recycling”." in step.text
    assert 'name="a..line_suspension_hours"' not in step.html
    agreement = first.press("agreement")
    assert 'name="a.en.prior_agreement_title"' not in agreement.html
    asked = agreement.press("agreement", **{"a..has_prior_agreement": "yes"})
    assert 'name="a.en.prior_agreement_title"' in asked.html


def test_a_wrong_answer_is_said_beside_its_field_and_loses_nothing(first):
    step = first.press("security").press(
        "next", **{"a..sim_swap_hold_hours": "9999", "a..porting_hold_days": "9", "a..ussd_timeout_seconds": "soon"}
    )
    assert step.status == 422
    assert "2 answers need attention" in step.text
    assert re.search(r'<a href="#q-sim_swap_hold_hours">', step.html)
    assert 'id="q-sim_swap_hold_hours-e"' in step.html
    assert "The most is 168." in step.text
    assert step.value("a..sim_swap_hold_hours") == "9999"
    assert step.value("a..porting_hold_days") == "9"
    assert step.value("a..ussd_timeout_seconds") == "soon"
    mended = step.press("preview", **{"a..sim_swap_hold_hours": "48", "a..ussd_timeout_seconds": "90"})
    assert mended.status == 200
    assert "For 48 hours" in mended.text


def test_a_document_is_refused_while_an_answer_elsewhere_is_wrong(first):
    wrong = first.press("security").press("legal", **{"a..sim_swap_hold_hours": "1"})
    assert wrong.status == 200
    refused = wrong.press("download.docx.en")
    assert refused.status == 422
    assert "The least is 2." in refused.text
    assert refused.value("a..sim_swap_hold_hours") == "1"


def test_the_clauses_say_whether_they_are_in_and_why(first):
    step = first.press("clauses")
    assert "Always part of the MOU" in step.text
    assert "Left out, because of your answer (" in step.text
    assert "Waits for an answer: " in step.text
    assert "Goes with “" not in step.row("recitals")
    assert "Optional, kept" in step.row("working-groups")
    assert "Optional, left out" in step.row("innovation")
    kept = step.press("clauses", keep=["innovation"])
    assert "Optional, kept" in kept.row("innovation")
    assert "Optional, left out" in kept.row("working-groups")
    preview = kept.press("preview")
    assert "Innovation and supervised trials" in preview.text
    assert "Technical working group" not in preview.text


def test_two_languages_are_two_documents(first):
    parties = first.press("country", country="SN")
    english = parties.press("preview", language=["en", "fr"])
    assert 'lang="en' in english.html
    french = english.press("preview.fr")
    assert "Protocole d’accord" in french.text
    assert "au Sénégal" in french.text
    assert "de le " not in french.text


@pytest.mark.parametrize(("name", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")])
def test_a_document_is_downloaded_in_each_format(first, name, start):
    preview = first.press("country", country="NG").press("preview")
    file = preview.press(f"download.{name}.en")
    assert file.response.content.startswith(start)
    assert file.response["Content-Disposition"] == f'attachment; filename="mou-en.{name}"'
    assert file.response["Cache-Control"] == "no-store"


def test_the_preview_names_the_characters_of_which_a_pdf_prints_the_number(first):
    typed = {"a.en.telecom_regulator_name": "Board of กา 😀"}
    preview = first.press("telecom_regulator").press("preview", **typed)
    assert "print their numbers" in preview.text
    assert "Name of the telecommunications regulator inside a sentence: “กา”" in preview.text
    assert preview.press("download.pdf.en").response.content.startswith(b"%PDF")
    assert "print their numbers" not in first.press("telecom_regulator").press("preview").text


def test_a_document_in_a_language_not_chosen_is_refused(first):
    preview = first.press("preview")
    assert [preview.press(f"download.html.{code}").status for code in ("xx", "fr", "en")] == [400, 400, 200]


def test_the_word_file_has_the_answers(first):
    file = first.press("country", country="NG").press("download.docx.en")
    paragraphs = "\n".join(p.text for p in docx.Document(io.BytesIO(file.response.content)).paragraphs)
    assert "Nigerian Communications Commission" in paragraphs


HOSTILE = ["<script>alert(1)</script>", "{{7*7}}", '#eval("1")', "\x00\x0b\u202eabc", "${7*7}", "[[parties]]"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(first, text):
    page = first.press("telecom_regulator").press("preview", **{"a.en.telecom_regulator_name": f"X{text}"})
    assert page.status == 200
    assert "<script>alert" not in page.html
    assert "49" not in re.findall(r"X\S*", page.text)[0]
    assert "\x00" not in page.html.split('name="state"')[0]
    assert "\u202e" not in page.text


def test_a_long_answer_may_have_100000_characters_and_a_name_2000(first):
    form = first.press("telecom_regulator")
    page = form.press("preview", **{"a.en.telecom_regulator_mandate": "to work " * 12_499 + "together"})
    assert page.status == 200
    assert page.text.count("to work") >= 12_499
    for name, longest in (("telecom_regulator_name", 2000), ("telecom_regulator_mandate", 100_000)):
        page = form.press("next", **{f"a.en.{name}": "x" * (longest + 1)})
        assert page.status == 422
        assert f"Shorten this to {longest} characters" in page.text


def test_more_answers_than_anybody_needs_are_refused(first):
    page = first.press("telecom_regulator").press("next", **{"a.en.telecom_regulator_name": "x" * 750_000})
    assert page.status == 413
    assert "too long" in page.text


# Well-formed, but with half of a surrogate pair in it, which no page can send back.
HALF = json.dumps(
    {
        "languages": ["en"],
        "country": "",
        "regulator": "",
        "bank": "",
        "common": {},
        "values": {"en": {"country_name": "\ud800"}},
        "keep": None,
        "token": "",
    }
)


@pytest.mark.parametrize("state", ["", "{", "[]", "null", '{"languages": 1}', "[" * 5000, '{"languages":[{}]}', HALF])
def test_a_form_this_site_did_not_make_is_one_sentence(client, edition, state):
    response = client.post(URL, {"state": state, "go": "next"})
    assert response.status_code == 400
    assert "Begin again" in text_of(response)


def test_unknown_names_languages_and_steps_do_no_harm(first):
    state = json.loads(first.value("state")) | {"languages": ["xx"], "keep": ["nothing"]}
    response = first.client.post(URL, {"state": json.dumps(state), "go": "elsewhere", "a.xx.country_name": "Y"})
    assert response.status_code == 200
    unknown = first.client.post(URL, {"state": json.dumps(state), "go": "preview", "a..no_such_question": "Y"})
    assert unknown.status_code == 422
    assert "There is no such question." in text_of(unknown)


def test_a_language_that_was_not_offered_is_refused(first):
    for data, sentence in (
        ({"go": "preview.xx"}, "has not been drafted in that language"),
        ({"go": "preview.fr"}, "has not been drafted in that language"),
        ({"go": "next", "asks_languages": "1", "language": ["en", "xx"]}, "does not exist in that language"),
    ):
        response = first.client.post(URL, {"state": first.value("state"), **data})
        assert response.status_code == 400
        assert sentence in text_of(response)


def test_a_form_without_its_secret_is_refused(edition, directory):
    strict = Client(enforce_csrf_checks=True)
    page = Form(strict, strict.get(URL))
    assert strict.post(URL, {"state": page.value("state"), "go": "preview"}).status_code == 403
    assert page.press("preview").status == 200


def test_a_browser_that_hides_its_address_is_served_and_another_site_is_not(edition, directory):
    strict = Client(enforce_csrf_checks=True)
    page = Form(strict, strict.get(URL))
    assert page.press("preview", headers={"origin": "null"}).status == 200
    assert page.press("preview", headers={"origin": "https://elsewhere.example"}).status == 403
    without = strict.post(URL, {"state": page.value("state"), "go": "preview"}, headers={"origin": "null"})
    assert without.status_code == 403


def test_too_many_documents_in_a_minute_are_refused(first, settings):
    settings.DFS_MOU_DOCUMENTS_PER_MINUTE = 2
    page = first.press("preview")
    assert [page.press("download.html.en").status for _ in range(3)] == [200, 200, 429]


def test_the_form_works_in_a_language_without_model_text(client, edition, directory):
    response = client.get("/ar/mou-builder/")
    assert response.status_code == 200
    assert 'dir="rtl"' in response.content.decode()
    page = Form(client, response, url="/ar/mou-builder/").press("agreement")
    assert '<legend lang="en" dir="ltr">' in page.html


def test_no_answer_reaches_an_address_or_a_log(first, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "Secretive Board of Atlantis"
    page = first.press("telecom_regulator").press("next", **{"a.en.telecom_regulator_name": secret})
    page.press("download.html.en")
    saved = page.press("save")
    assert secret not in saved.response["Location"]
    assert secret not in caplog.text


def test_a_step_asks_the_same_number_of_queries_however_much_was_answered(
    first, django_assert_max_num_queries, client, edition
):
    client.get(URL)
    with django_assert_max_num_queries(8):
        step = first.press("agreement")
    with django_assert_max_num_queries(8):
        step.press("security", **{"a..has_prior_agreement": "yes"})


def test_every_field_has_a_label_and_every_error_an_address(first):
    for step in ("parties", "agreement", "telecom_regulator", "legal", "contacts", "security", "clauses"):
        page = first.press(step)
        ids = re.findall(r'<(?:input|select|textarea)[^>]*\bid="([^"]+)"', page.html)
        labels = set(re.findall(r'<label for="([^"]+)"', page.html))
        assert set(ids) <= labels | {"q"}, step
        assert len(ids) == len(set(ids)), step
    assert html.unescape(page.html).count("In<") > 5
