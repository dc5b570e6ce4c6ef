"""Two languages side by side: every clause beside its counterpart, in every format that has columns."""

import io
import json
import re
from functools import lru_cache

import page as page_validation
import pytest
from bs4 import BeautifulSoup
from docx import Document as open_word
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from dfs_mou.documents import bilingual_docx, bilingual_html, pdf
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.bilingual import Bilingual, NotOnePair
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import build
from tests.dfs_mou.arabic_edition import ARABIC, ARABIC_ANSWERS
from tests.dfs_mou.form import Form
from tests.dfs_mou.mou_content import DATE, pair_document, supplied

ARABIC_PAIRS = [("ar", "en"), ("ar", "fr")]
PAIRS = [("fr", "en"), *ARABIC_PAIRS]


@lru_cache(None)
def pair(first, second):
    if "ar" not in (first, second):
        return Bilingual(pair_document("sn-artp-bceao", first), pair_document("sn-artp-bceao", second))
    edition = Edition.from_json(json.loads(json.dumps(ARABIC).replace('"en"', f'"{second}"')))
    answers = Answers.from_json(ARABIC_ANSWERS)
    return Bilingual(*(build(edition, answers, language=code, date=DATE) for code in (first, second)))


@pytest.mark.parametrize("languages", PAIRS)
def test_every_clause_stands_beside_its_counterpart(languages):
    shown = pair(*languages)
    rows = [row for row in shown.rows() if row.show in ("heading", "part", "above")]
    for row in rows:
        first, second = row.cells
        assert first.key == second.key
    expected = [clause.key for top in shown.first.tops for clause in top.walk()]
    assert [row.cells[0].key for row in rows] == expected


@pytest.mark.parametrize("languages", PAIRS)
def test_the_page_marks_the_language_and_direction_of_each_column(languages):
    shown = pair(*languages)
    soup = BeautifulSoup(bilingual_html.page(shown), "lxml")
    for row in soup.select(".mou-pair"):
        columns = row.find_all("div", recursive=False)
        tags = [shown.documents[side].labels for side in shown.sides]
        assert [(column["lang"], column["dir"]) for column in columns] == [
            (labels.tag, labels.direction) for labels in tags
        ]
    if "ar" in languages:  # the right-to-left text stands on the right
        assert soup.select_one(".mou-pair").find_all("div", recursive=False)[1]["dir"] == "rtl"
    identities = [node["id"] for node in soup.find_all(id=True)]
    assert len(identities) == len(set(identities))
    links = {link["href"].removeprefix("#") for link in soup.find_all("a")}
    assert links <= set(identities)


@pytest.mark.slow
@pytest.mark.parametrize("languages", PAIRS)
def test_the_pdf_conforms_and_has_both_texts(languages):
    shown = pair(*languages)
    data = pdf.render_bilingual(shown)
    for profile in ("3a", "ua1"):
        report = page_validation.validate_pdf_bytes(data, profile=profile)
        assert report.rules.total > 100
        assert [str(failure) for failure in report.failures] == []
    reader = PdfReader(io.BytesIO(data))
    text = "".join(page.extract_text() for page in reader.pages)
    assert shown.short_hash in text
    for document in shown.documents:
        if document.language != "ar":  # letters of Arabic are extracted in their drawn forms
            assert re.sub(r"\s", "", document.labels.notice) in re.sub(r"\s", "", text)
    assert {name.split("-")[0] for name in reader.attachments} == {"answers.json", "document"}
    assert pdf.render_bilingual(shown) == data


@pytest.mark.slow
@pytest.mark.parametrize("languages", PAIRS)
def test_the_word_file_is_valid_and_each_row_has_both_texts(languages, tmp_path):
    shown = pair(*languages)
    data = bilingual_docx.render(shown)
    path = tmp_path / "pair.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert bilingual_docx.render(shown) == data
    body = open_word(io.BytesIO(data)).element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} <= set(marks)
    for row in body.iter(qn("w:tr")):
        directions = [{bidi.get(qn("w:val")) for bidi in cell.iter(qn("w:bidi"))} for cell in row.findall(qn("w:tc"))]
        wanted = ["1" if shown.documents[side].labels.direction == "rtl" else "0" for side in shown.sides]
        for found, want in zip(directions, wanted, strict=True):
            assert found <= {want}


def test_two_texts_of_one_language_or_of_two_dates_are_no_pair():
    shown = pair("fr", "en")
    with pytest.raises(NotOnePair):
        Bilingual(shown.first, shown.first)
    other = build(supplied(), Answers(), language="en", date=DATE.replace(day=1))
    with pytest.raises(NotOnePair):
        Bilingual(shown.first, other)


def test_the_hash_covers_both_texts():
    shown = pair("fr", "en")
    assert (
        len({shown.sha256, shown.first.sha256, shown.second.sha256, Bilingual(shown.second, shown.first).sha256}) == 4
    )


def preview(client):
    form = Form(client, client.get("/en/mou-builder/"))
    return form.press("preview", language=["en", "fr"])


@pytest.mark.django_db
def test_the_builder_shows_and_hands_out_two_columns(client, edition, directory):
    page = preview(client).press("preview.fr+en")
    assert page.soup.select_one(".mou-bilingual .mou-pair")
    assert 'value="download.odt.fr+en"' not in page.html
    word = page.press("download.docx.fr+en").response
    assert word["Content-Disposition"] == 'attachment; filename="mou-fr-en.docx"'
    assert len(open_word(io.BytesIO(word.content)).tables) >= 3
    assert page.press("download.odt.fr+en").status == 400
    assert page.press("download.docx.fr+ar").status == 400


@pytest.mark.django_db
def test_a_document_is_final_only_until_an_answer_changes(client, edition, directory):
    page = preview(client)
    assert "DRAFT" in page.text
    final = page.press("final.en")
    assert "DRAFT" not in final.text
    assert "DRAFT" not in final.press("download.md.en").response.content.decode()
    step = final.press("telecom_regulator")
    assert "DRAFT" not in step.press("preview.en").text
    assert "DRAFT" in step.press("preview.en", **{"a.en.telecom_regulator_name": "Other"}).text
    assert "DRAFT" in final.press("draft.en").text


@pytest.mark.django_db
def test_the_api_gives_two_columns(client, edition):
    def ask(**data):
        return client.post("/api/v1/mou/documents", data, content_type="application/json")

    both = ask(language="fr", beside="en").json()
    assert [document["language"] for document in both["documents"]] == ["fr", "en"]
    assert ask(language="fr", beside="en", format="docx").content[:2] == b"PK"
    assert ask(language="fr", format="akn").content.startswith(b"<?xml")
    assert ask(language="fr", format="odt", is_draft=False).content[:2] == b"PK"
    assert ask(language="fr", beside="fr").status_code == 422
    assert ask(language="fr", beside="xx").status_code == 422
    refused = ask(language="fr", beside="en", format="md")
    assert refused.status_code == 422
    assert "no two columns" in refused.content.decode()
