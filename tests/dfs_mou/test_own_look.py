"""The parties of an agreement give its Word files the house style of an authority; nobody else's file changes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as open_word
from docx.shared import Pt

from dfs_mou import actions
from dfs_mou.documents import house_sample, house_style
from dfs_mou.models import Agreement, FilePack
from tests.dfs_mou.agreed import agreement, seal
from tests.dfs_mou.form import Form, text_of

pytestmark = pytest.mark.django_db
URL = "/en/mou-builder/"


@pytest.fixture
def hands(edition, directory):
    return agreement(edition)


def styled(font):
    word = open_word(io.BytesIO(house_sample.render()))
    word.styles["Heading 1"].font.name, word.styles["Heading 1"].font.size = font, Pt(17)
    word.add_paragraph("SECRET TEXT")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def upload(hand, data, name="house.docx"):
    return hand.press("look", look=SimpleUploadedFile(name, data))


def font_of(response):
    return open_word(io.BytesIO(response.content)).styles["Heading 1"].font.name


def test_a_party_gives_the_word_files_its_look_and_takes_it_back(hands):
    owner, guest = hands
    usual = font_of(owner.press("download.docx.en"))
    assert upload(guest, styled("Georgia")).status_code == 302
    assert "In use: house.docx." in text_of(owner.room())
    assert font_of(owner.press("download.docx.en")) == "Georgia"
    assert font_of(owner.press("redline.template.en")) == "Georgia"
    step = Form(owner.client, owner.client.get(f"{URL}resume/{owner.token}/"))
    assert font_of(step.press("download.docx.en").response) == "Georgia"
    assert font_of(owner.press("look_sample")) == "Georgia"
    assert "SECRET" not in str(Agreement.objects.get().look)
    owner.press("look_of_site")
    assert font_of(owner.press("download.docx.en")) == usual
    assert Agreement.objects.get().look == {}


def test_it_is_no_part_of_what_is_agreed_and_the_files_are_made_anew(hands, monkeypatch):
    monkeypatch.setattr(actions.house_styles, "read_apart", lambda function, data: function(data))
    seal(*hands)
    owner, guest = hands
    owner.press("pack")
    assert FilePack.objects.exists()
    assert upload(guest, styled("Georgia")).status_code == 302
    assert not FilePack.objects.exists()
    assert "It is final" in text_of(owner.room())


@pytest.mark.parametrize("data", [b"", b"no Word file"])
def test_what_cannot_serve_is_refused_in_one_sentence(hands, data):
    refused = upload(hands[0], data)
    assert refused.status_code == 422
    assert Agreement.objects.get().look == {}


def test_nobody_else_chooses_it(hands, admin_client):
    before = house_style.read(styled("Georgia"))
    Agreement.objects.update(look=before)
    for token in ("x", "member.1"):
        assert admin_client.post(f"{URL}agreement/{token}/", {"go": "look_of_site"}).status_code == 404
    assert Agreement.objects.get().look == before
