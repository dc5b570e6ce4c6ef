"""Booklets as Word files: valid, the same bytes each time, with real styles, lists, links and contents."""

import io
from pathlib import Path

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from dfs_pages.exporters.booklets.booklet import Booklet, Part
from dfs_pages.exporters.booklets.docx import render_docx
from dfs_pages.exporters.booklets.typst import Drawing
from tests.dfs_pages.booklet_samples import WORDS, sample


def errors(data: bytes, folder: Path) -> list[str]:
    path = folder / "booklet.docx"
    path.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


@pytest.mark.parametrize("language", list(WORDS))
def test_a_word_file_is_valid_and_the_same_each_time(language: str, tmp_path: Path) -> None:
    data = render_docx(sample(language))
    assert errors(data, tmp_path) == []
    assert render_docx(sample(language)) == data


def test_a_word_file_says_everything_with_real_styles() -> None:
    word = open_word(io.BytesIO(render_docx(sample())))
    rows = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]
    assert ("Heading 1", WORDS["en"]) in rows
    assert ("Heading 2", "Section") in rows
    assert ("Heading 3", f"S-01 {WORDS['en']}") in rows
    assert ("Booklet Statement", f"{WORDS['en']} {WORDS['en']}") in rows
    assert ("Booklet Bullet", "Second IMSI") in rows
    assert ("Booklet Number", "One") in rows
    assert ("Booklet Code", 'curl "#x" \\ $y\n  <z>') in rows
    assert ("Booklet Note", "A note.") in rows
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["Stop", "Provider"]
    assert word.tables[-1].rows[1].cells[0].text == "IMSI"
    assert word.core_properties.title == f"{WORDS['en']} 2026"
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == ["A dot"]
    assert "Not an official ITU text" in word.sections[0].footer.paragraphs[0].text


def test_contents_are_a_field_and_links_lead_inside() -> None:
    body = open_word(io.BytesIO(render_docx(sample()))).element.body
    codes = [code.text.strip() for code in body.iter(qn("w:instrText"))]
    assert codes == [r'TOC \o "1-3" \h \z \u']
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    inside = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert len(inside) > 4
    assert set(inside) <= names


def test_arabic_runs_from_right_to_left_and_english_inside_it_does_not() -> None:
    word = open_word(io.BytesIO(render_docx(sample("ar"))))
    heading = next(row for row in word.paragraphs if row.style.name == "Heading 3")
    runs = {run.text: run._r.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in heading.runs}
    assert runs["USSD"] is False
    assert any(runs.values())
    english = next(row for row in word.paragraphs if row.text == "Second.")
    assert english._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"


def test_a_label_stays_with_its_list() -> None:
    html = "<p><b>Literature</b></p><ul><li>One</li></ul><p><b>Bold alone</b></p><p>Words</p>"
    parts = [Part(1, "Title", "anchor", html)]
    booklet = Booklet("en", "Title", "Site", "", "2026-01-01", "State", notices=[], parts=parts)
    rows = open_word(io.BytesIO(render_docx(booklet))).paragraphs
    kept = {row.text: row.paragraph_format.keep_with_next for row in rows}
    assert kept["Literature"] and not kept["Bold alone"]
    assert Drawing(booklet).source().count('#block(sticky: true)[#strong[#"Literature"]]') == 1
