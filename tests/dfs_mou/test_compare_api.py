"""Comparing over HTTP: clauses that differ, tracked changes, a returned file; nothing is stored."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as open_word
from docx.oxml.ns import qn

from dfs_mou.models import Agreement
from tests.dfs_mou.mou_content import new_edition, supplied_json

pytestmark = pytest.mark.django_db
BEFORE = {"answers": {"common": {"binding": "partly"}}}
AFTER = {"answers": {"common": {"binding": "no"}}}


def ask(client, **data):
    body = {"language": "en", "before": BEFORE, "after": AFTER, **data}
    return client.post("/api/v1/mou/compare", body, content_type="application/json")


def send_back(client, data, **source):
    file = SimpleUploadedFile("mou.docx", data)
    source = json.dumps({"language": "en", **source})
    return client.post("/api/v1/mou/returned", {"file": file, "source": source})


def word(client, **data):
    body = {"language": "en", "format": "docx", **data}
    return client.post("/api/v1/mou/documents", body, content_type="application/json").content


def test_clauses_that_differ_are_listed(client, edition):
    found = ask(client).json()
    kinds = {(row["kind"], row["key"]) for row in found["items"]}
    assert ("dropped", "legal-effect-partial") in kinds
    assert ("added", "legal-effect-none") in kinds
    assert ("dropped", "governing-law") in kinds
    assert found["count"] == len(found["items"])
    assert ask(client, after=BEFORE).json() == {"count": 0, "items": []}


def test_tracked_changes_come_as_a_word_file(client, edition):
    response = ask(client, format="docx", author="Legal department")
    body = open_word(io.BytesIO(response.content)).element.body
    assert {mark.get(qn("w:author")) for mark in body.iter(qn("w:ins"))} == {"Legal department"}
    assert response["Content-Disposition"] == 'attachment; filename="mou-changes-en.docx"'


@pytest.mark.parametrize("author", ["a\x00", "a\x07b"])
def test_an_author_with_a_character_that_no_text_has_is_told_so(client, edition, author):
    response = ask(client, format="docx", author=author)
    assert response.status_code == 422
    assert "author's name holds a character" in response.json()["errors"][0]["message"]


def test_signs_that_turn_a_name_around_are_left_out_of_the_author(client, edition):
    body = open_word(io.BytesIO(ask(client, format="docx", author="Le\u202egal\uffff").content)).element.body
    assert {mark.get(qn("w:author")) for mark in body.iter(qn("w:ins"))} == {"Legal"}


def test_two_editions_are_compared(client, edition):
    content = supplied_json() | {"version": "9.0.0"}
    content = json.loads(json.dumps(content).replace("Its objectives are to", "Its many objectives are to"))
    old = edition.sha256
    new = new_edition(content).sha256
    found = ask(client, before={**BEFORE, "edition": old}, after={**BEFORE, "edition": new}).json()
    assert [row["key"] for row in found["items"]] == ["purpose-objectives"]
    assert ask(client, before={**BEFORE, "edition": "0" * 64}).status_code == 422


def test_a_returned_file_is_mapped_to_its_clauses(client, edition):
    sent, other = word(client, answers=BEFORE["answers"]), word(client, answers=AFTER["answers"])
    assert send_back(client, sent, answers=BEFORE["answers"]).json()["count"] == 0
    keys = {row["key"] for row in send_back(client, other, answers=BEFORE["answers"]).json()["items"]}
    assert "governing-law" in keys
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    "source", ["", "[]", "{", '{"language": "en", "more": 1}', '{"language": "xx"}', "[" * 100_000]
)
def test_a_wrong_source_is_one_sentence(client, edition, source):
    file = SimpleUploadedFile("mou.docx", b"x")
    response = client.post("/api/v1/mou/returned", {"file": file, "source": source})
    assert response.status_code == 422


def test_a_refused_file_is_one_sentence(client, edition):
    response = send_back(client, b"no Word file")
    assert response.status_code == 422
    assert "This is no Word file" in response.content.decode()
