"""Booklets as PDF: conforming in six languages, the same bytes each time, and with every word of the text."""

import io
import re

import pytest
from pypdf import PdfReader

from dfs_pages.exporters.booklets.typst import render_pdf
from tests.dfs_pages.booklet_samples import WORDS, pdf_failures, sample


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_a_pdf_conforms_to_archive_and_accessibility_and_is_the_same_each_time(language: str) -> None:
    data = render_pdf(sample(language))
    assert pdf_failures(data) == []
    assert render_pdf(sample(language)) == data


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "es", "ru"])
def test_a_pdf_conforms_in_the_other_languages(language: str) -> None:
    assert pdf_failures(render_pdf(sample(language))) == []


def test_a_pdf_says_everything_and_runs_nothing() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(sample())))
    pages = [page.extract_text() for page in reader.pages]
    text = squeezed("".join(pages))
    for words in (
        "Who does what",
        "Churn",
        "The dot",
        "1. One",
        "Tab.",
        "A footnote",
        "A note.",
        "<z>",
        "— A report",
    ):
        assert squeezed(words) in text
    assert '#eval(read("/etc/passwd"))]$[U+0E20]' in text  # text, and a letter that no font has by its number
    assert "root:" not in text
    assert "alert" not in text
    assert "Contents" in pages[1]
    assert "IMSI" in pages[-1]
    assert "Not an official ITU text" in pages[2]
    assert WORDS["en"] in pages[2]  # the running head
    assert reader.metadata is not None
    assert reader.metadata.title == f"{WORDS['en']} 2026"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-20"


def test_links_of_a_pdf_lead_inside_where_they_can() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(sample())))
    targets = [
        note.get_object()["/A"] if "/A" in note.get_object() else note.get_object()
        for page in reader.pages
        for note in page.get("/Annots", [])
    ]
    outside = {target["/URI"] for target in targets if "/URI" in target}
    assert "https://example.org/" in outside
    assert "http://site.test/r/S-01/" in outside  # its permanent link is printed
    assert any("/URI" not in target for target in targets)
    outline = [row.title for row in reader.outline if not isinstance(row, list)]
    assert outline[0] == WORDS["en"]
