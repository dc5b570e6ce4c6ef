"""An address in a text from right to left: its last stroke stands at its end, in every file."""

import io
import zipfile

import pytest

from dfs_pages.exporters.booklets.booklet import Booklet, Part
from dfs_pages.exporters.booklets.docx import render_docx
from dfs_pages.exporters.booklets.epub import render_epub
from dfs_pages.exporters.booklets.tidy import tidy
from dfs_pages.exporters.booklets.typst import Drawing

ADDRESS = "https://a.example/ar/"


@pytest.mark.parametrize(
    ("html", "tidied"),
    [
        (f"<p>انظر {ADDRESS}، ثم</p>", f'<p>انظر <bdi dir="ltr">{ADDRESS}</bdi>، ثم</p>'),
        (f"<p>Template {ADDRESS} </p>", f'<p><bdi dir="ltr">Template {ADDRESS}</bdi> </p>'),
        ("<p>See www.a.example/b.</p>", '<p><bdi dir="ltr">See www.a.example/b.</bdi></p>'),
        ("<p>No address</p>", "<p>No address</p>"),
        (f'<p><a href="{ADDRESS}">{ADDRESS}</a></p>', f'<p><a href="{ADDRESS}"><bdi dir="ltr">{ADDRESS}</bdi></a></p>'),
    ],
)
def test_it_is_marked_and_with_it_the_latin_words_around_it(html, tidied):
    assert tidy(html) == tidied


@pytest.fixture
def booklet():
    part = Part(1, "نص", "a", tidy(f"<p>انظر {ADDRESS} ثم</p><ul><li>Template {ADDRESS}</li></ul>"), begins=True)
    return Booklet("ar", "نص", "موقع", ADDRESS, "2026-11-29", "نص", [], [part])


def inside(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "".join(file.read(each).decode() for each in file.namelist() if each.endswith(name))


def test_each_format_says_so(booklet):
    assert f"{ADDRESS}\u200e</w:t>" in inside(render_docx(booklet), "word/document.xml")
    assert f'<bdi dir="ltr">{ADDRESS}</bdi>' in inside(render_epub(booklet), ".xhtml")
    assert Drawing(booklet).source().count(f'#text(dir: ltr)[#"{ADDRESS}"]') == 2
