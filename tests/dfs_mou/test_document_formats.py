"""Word and PDF files: valid, the same bytes each time, and saying what the tree says."""

import io
import json
import re
import zipfile
from functools import lru_cache

import ooxml_integrity
import page as page_validation
import pytest
from docx import Document as open_word
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from dfs_mou.documents import docx, pdf
from dfs_mou.documents.answers import Answers, clean
from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.documents.directory import answers_from_directory
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import build
from dfs_mou.documents.typst_source import typst_source
from dfs_workflow.documents import typst
from dfs_workflow.documents.docx_xml import bookmark_name
from dfs_workflow.documents.pdf_stream_ends import with_clear_stream_ends
from tests.dfs_mou.arabic_edition import ARABIC, ARABIC_ANSWERS, arabic_edition
from tests.dfs_mou.language_checks import LEFTOVERS
from tests.dfs_mou.mou_content import DATE, PAIRS, directory, pair_answers, pair_document, supplied
from tests.dfs_mou.translated_edition import edition_in
from tests.dfs_mou.word_numbers import automatic_labels

pytestmark = pytest.mark.slow

DOCUMENTS = [*PAIRS, ("arabic", "ar"), ("arabic", "en")]
SAMPLE = ["AE", "CI", "HK", "AI", "VA", "ST"]  # plural, elided, a city, no bank, a state in a city, accents


@lru_cache(None)
def document(pair, language):
    if pair == "arabic":
        return build(arabic_edition(), Answers.from_json(ARABIC_ANSWERS), language=language, date=DATE)
    return pair_document(pair, language)


@lru_cache(None)
def word_file(pair, language):
    return docx.render(document(pair, language))


@lru_cache(None)
def pdf_file(pair, language):
    return pdf.render(document(pair, language))


def word_errors(data, folder):
    path = folder / "document.docx"
    path.write_bytes(data)
    found = [str(error) for error in OpenXmlValidator().validate(path).errors]
    return found + [str(finding) for finding in ooxml_integrity.check(path)]


def pdf_failures(data):
    reports = [page_validation.validate_pdf_bytes(data, profile=profile) for profile in ("3a", "ua1")]
    assert all(report.rules.total > 100 for report in reports)
    return [failure for report in reports if not report.is_compliant for failure in report.failures]


def word_text(data):
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in open_word(io.BytesIO(data)).element.body.iter(qn("w:p"))
    )


@lru_cache(None)
def pdf_text(pair, language):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_file(pair, language))).pages)


@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
def test_a_word_file_is_valid_and_the_same_each_time(pair, language, tmp_path):
    data = word_file(pair, language)
    assert word_errors(data, tmp_path) == []
    assert docx.render(document(pair, language)) == data


@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
def test_a_pdf_conforms_to_both_standards_and_is_the_same_each_time(pair, language):
    data = pdf_file(pair, language)
    assert pdf_failures(data) == []
    assert pdf.render(document(pair, language)) == data


@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
def test_the_numbers_that_word_counts_are_those_of_the_tree(pair, language):
    expected = [clause.label for clause in document(pair, language).walk() if clause.label]
    assert automatic_labels(word_file(pair, language)) == expected


@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
def test_fields_of_a_word_file_are_live_and_hold_their_value(pair, language):
    body = open_word(io.BytesIO(word_file(pair, language))).element.body
    bookmarks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    codes = [code.text.strip() for code in body.iter(qn("w:instrText"))]
    assert all(re.fullmatch(r"REF _Ref_\w+ \\r \\h|TOC \\o .*", code) for code in codes)
    references = [code.split()[1] for code in codes if code.startswith("REF")]
    spans = [span for span in document(pair, language).spans() if span.kind == "reference"]
    assert references == [bookmark_name(span.key) for span in spans]
    assert set(references) <= bookmarks
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert links == [bookmark_name(top.key) for top in document(pair, language).tops if top.title]
    assert set(links) <= bookmarks
    kinds = [char.get(qn("w:fldCharType")) for char in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(codes)


@pytest.mark.parametrize(("pair", "language"), PAIRS)
def test_no_markup_is_left_in_a_file(pair, language):
    for text in (word_text(word_file(pair, language)), pdf_text(pair, language)):
        assert not LEFTOVERS.search(text)
        assert len(text) > 30_000


def test_each_clause_of_a_word_file_bears_its_bookmark_and_no_control_stands_in_the_way():
    """LibreOffice takes what a control begins with for a field to fill in, and doubles it in other scripts."""
    shown = document("ng-ncc-cbn", "en")
    body = open_word(io.BytesIO(word_file("ng-ncc-cbn", "en"))).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert [name for name in names if name in {bookmark_name(top.key) for top in shown.tops}] == [
        bookmark_name(top.key) for top in shown.tops
    ]
    assert not list(body.iter(qn("w:sdt")))


def test_a_word_file_says_what_it_is_on_every_page():
    shown = document("sn-artp-bceao", "fr")
    word = open_word(io.BytesIO(word_file("sn-artp-bceao", "fr")))
    section = word.sections[0]
    for footer in (section.footer, section.first_page_footer):
        text = "\n".join(paragraph.text for paragraph in footer.paragraphs)
        assert "n’est pas un texte officiel de l’UIT" in text
        assert shown.short_hash in text
        assert "version 1.0.0" in text
    assert "PROJET" in section.header.paragraphs[0].text
    assert word.core_properties.title == shown.title
    with zipfile.ZipFile(io.BytesIO(word_file("sn-artp-bceao", "fr"))) as package:
        manifest = next(package.read(n).decode() for n in package.namelist() if re.search(r"customXml/item\d", n))
        assert shown.sha256 in manifest
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_final_document_bears_no_draft_mark():
    final = build(supplied(), Answers(), language="en", date=DATE, is_draft=False)
    word = open_word(io.BytesIO(docx.render(final)))
    assert "DRAFT" not in word.sections[0].header.paragraphs[0].text
    assert "DRAFT" not in typst_source(final)


def test_a_pdf_has_contents_with_pages_and_links():
    shown = document("ng-ncc-cbn", "en")
    reader = PdfReader(io.BytesIO(pdf_file("ng-ncc-cbn", "en")))
    assert [item.title for item in reader.outline] == [top.heading for top in shown.tops]
    contents = reader.pages[1]
    links = [a for a in contents["/Annots"] if a.get_object()["/Subtype"] == "/Link"]
    assert len(links) >= len(shown.tops)
    for item in reader.outline:
        number = reader.get_destination_page_number(item)
        assert item.title.split(" – ")[-1].split(". ")[-1][:12] in reader.pages[number].extract_text()
    annex = next(item for item in reader.outline if item.title.startswith("Annex A"))
    printed = str(reader.get_destination_page_number(annex) + 1)
    assert re.search(rf"Annex A – Contact list[ .]*\s*{printed}\b", contents.extract_text())
    assert f"Page 1 of {len(reader.pages)}" in reader.pages[0].extract_text()
    assert "Model text, not legal advice; not an official ITU text" in reader.pages[0].extract_text()


def test_an_arabic_word_file_is_right_to_left():
    word = open_word(io.BytesIO(word_file("arabic", "ar")))
    assert word.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert word.sections[0]._sectPr.find(qn("w:bidi")) is not None
    tables = list(word.element.body.iter(qn("w:tblPr")))
    assert tables
    assert all(table.find(qn("w:bidiVisual")) is not None for table in tables)
    for run in word.element.body.iter(qn("w:r")):
        text = "".join(t.text or "" for t in run.findall(qn("w:t")))
        is_rtl = run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None
        if re.search("[\u0600-\u06ff]", text):
            assert is_rtl, text
        elif re.search("[A-Za-z]", text):
            assert not is_rtl, text


@pytest.mark.parametrize("iso2", SAMPLE)
def test_rows_of_the_directory_make_files(iso2, tmp_path):
    row = next(row for row in directory() if row["iso2"] == iso2)
    for language in ("en", "fr"):
        shown = build(supplied(), answers_from_directory(row, (language,)), language=language, date=DATE)
        assert word_errors(docx.render(shown), tmp_path) == []
        assert pdf_failures(pdf.render(shown)) == []


def test_hostile_answers_stay_text_in_files(tmp_path):
    hostile = '{{7*7}} <w:p/> ]]> #eval("1") \\" \\u{41} #read("/etc/passwd") $x$ @ref {DDEAUTO c} &amp; <script>'
    raw = {"telecom_regulator_name": hostile, "telecom_regulator_city": "\x00\x0b\ud800\u202eCity\ufffe"}
    cleaned = clean(supplied(), {"values": {"en": raw}})
    assert cleaned.is_valid
    shown = build(supplied(), cleaned.answers, language="en", date=DATE)
    data = docx.render(shown)
    assert word_errors(data, tmp_path) == []
    assert hostile in word_text(data)
    assert "City" in word_text(data)
    codes = open_word(io.BytesIO(data)).element.body.iter(qn("w:instrText"))
    assert not any("DDE" in code.text for code in codes)
    made = pdf.render(shown)
    assert pdf_failures(made) == []
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    squeezed = re.sub(r"\s", "", text)
    assert re.sub(r"\s", "", hostile) in squeezed
    assert "root:" not in text


def test_a_typst_literal_ends_only_where_it_should():
    assert typst.literal('a"b\\c\n') == '"a\\"b\\\\c\\n"'


def test_a_missing_font_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(typst, "FONT_FOLDER", tmp_path)
    with pytest.raises(pdf.PdfError, match=r"^The font file NotoSerif-Regular\.ttf is missing .*\.$"):
        pdf.render(document("arabic", "ar"))


EMOJI = "😀 🇸🇳 👩\u200d💻 👍🏽 ❤️ 1️⃣ ☎ ™"
LETTERS = "Ελλάδα, Україна, 中国, الأردن, Việt Nam, Ðakovo"


def answered(text, language="en", name="telecom_regulator_mandate"):
    cleaned = clean(supplied(), {"values": {language: {name: text}}})
    assert cleaned.is_valid
    return build(supplied(), cleaned.answers, language=language, date=DATE)


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_emoji_and_letters_of_other_scripts_are_drawn_in_a_pdf(language):
    content = json.loads(json.dumps(ARABIC).replace('"ar"', f'"{language}"')) if language != "en" else ARABIC
    edition = Edition.from_json(content)
    name = next(row.name for row in edition.variables if row.type == "text")
    part = {name: f"{EMOJI} {LETTERS}"}
    place = {"values": {language: part}} if edition.by_name[name].localised else {"common": part}
    shown = build(edition, Answers.from_json(place), language=language, date=DATE)
    made = pdf.render(shown)
    assert pdf_failures(made) == []
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "[U+" not in text
    assert set("😀💻👍☎") <= set(text)


def test_a_letter_that_no_shipped_font_has_is_printed_by_its_number():
    shown = answered("Board of ภา, that is 😀")
    made = pdf.render(shown)
    assert pdf_failures(made) == []
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "[U+0E20][U+0E32]" in re.sub(r"\s", "", text)
    assert list(pdf.undrawn(shown)) == [("telecom_regulator_mandate", "ภา")]


@pytest.mark.parametrize("unit", ["x", "😀"])
def test_a_text_of_100000_characters_is_printed_whole_in_a_pdf(unit):
    made = pdf.render(answered(unit * 100_000))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert text.count(unit) >= 100_000


def test_a_pdf_of_100000_characters_conforms():
    assert pdf_failures(pdf.render(answered("abc de " * 14_000))) == []


def test_a_text_of_100000_characters_is_whole_in_word(tmp_path):
    typed = ("word 😀 {{7*7}} <w:p/> " * 5_000)[:100_000].strip()
    data = docx.render(answered(typed))
    assert word_errors(data, tmp_path) == []
    assert typed in word_text(data)


def test_source_that_is_broken_or_endless_is_one_sentence(monkeypatch):
    with pytest.raises(pdf.PdfError, match="could not be made"):
        typst.compile_typst("#nothing-of-this-name", timestamp=0)
    monkeypatch.setattr(typst, "WALL_SECONDS", 1)
    with pytest.raises(pdf.PdfError, match="not ready after 1 seconds"):
        typst.compile_typst("#for a in range(100000) { for b in range(100000) { [] } }", timestamp=0)


def test_a_stream_that_ends_in_a_carriage_return_has_a_clear_end():
    data = b"%PDF-1.7\n"
    starts = []
    for number, stream in enumerate((b"ab\r", b"cd\n", b"\rndstream\r"), start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(stream), stream)
    table = len(data)
    rows = b"".join(b"%010d 00000 n\r\n" % start for start in starts)
    data += b"xref\n0 4\n0000000000 65535 f\r\n" + rows + b"trailer\n<</Size 4>>\nstartxref\n%d\n%%%%EOF" % table
    made = with_clear_stream_ends(data)
    assert len(made) == len(data) + 2
    offsets = [int(entry) for entry in re.findall(rb"(\d{10}) 00000 n", made)]
    assert [made[offset : offset + 7] for offset in offsets] == [b"1 0 obj", b"2 0 obj", b"3 0 obj"]
    start = int(re.search(rb"startxref\n(\d+)", made)[1])
    assert made[start : start + 5] == b"xref\n"
    assert b"ab\r\r\nendstream" in made
    assert b"cd\n\nendstream" in made
    assert with_clear_stream_ends(b"%PDF-1.7\nnothing") == b"%PDF-1.7\nnothing"


@pytest.mark.parametrize(("pair", "language"), PAIRS)
def test_the_table_of_offsets_of_a_pdf_is_right(pair, language):
    data = pdf_file(pair, language)
    start = int(re.search(rb"startxref\n(\d+)", data)[1])
    entries = re.findall(rb"(\d{10}) \d{5} n", data[start:])
    assert len(entries) > 1000
    assert all(re.match(rb"\d+ 0 obj", data[int(entry) : int(entry) + 20]) for entry in entries)


@pytest.mark.parametrize("language", ["es", "ru", "zh-hans"])
def test_what_a_document_says_by_itself_is_there_in_the_other_languages(language, tmp_path):
    """Their template texts are still to come: an English text under each language's own labels."""
    as_language = json.loads(json.dumps(ARABIC).replace('"en"', f'"{language}"'))
    shown = build(Edition.from_json(as_language), Answers(), language=language, date=DATE)
    data = docx.render(shown)
    assert word_errors(data, tmp_path) == []
    expected = [clause.label for clause in shown.walk() if clause.label]
    assert automatic_labels(data) == expected
    made = pdf.render(shown)
    assert pdf_failures(made) == []
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    for words in (shown.labels.notice, shown.labels.contents, shown.labels.draft, *shown.labels.contact_roles):
        assert re.sub(r"\s", "", words) in text


def test_contents_that_are_some_lines_too_long_for_their_page_are_set_smaller():
    pages = PdfReader(io.BytesIO(pdf_file("sn-artp-bceao", "fr"))).pages
    contents, following = (re.sub(r"\s+", " ", pages[number].extract_text()) for number in (1, 2))
    assert "Annexe K" in contents
    assert "Annexe K" not in following


@pytest.mark.parametrize("languages", [("ar",), ("ar", "en"), ("en", "fr")])
def test_all_contents_stand_on_one_page(languages):
    edition = supplied() if "fr" in languages else edition_in("ar")
    keep = [node.key for node in edition.nodes() if node.kind == "optional"]
    texts = [build(edition, pair_answers("sn-artp-bceao"), language=code, date=DATE, keep=keep) for code in languages]
    made = pdf.render_bilingual(Bilingual(*texts)) if len(texts) > 1 else pdf.render(texts[0])
    reader = PdfReader(io.BytesIO(made))
    links = [a.get_object() for a in reader.pages[1].get("/Annots", ()) if a.get_object()["/Subtype"] == "/Link"]
    assert len(links) >= len([top for top in texts[0].tops if top.title]) * len(texts)
    assert pdf_failures(made) == []
