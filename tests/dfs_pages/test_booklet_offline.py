"""The offline site: opens from a folder, asks nobody for anything, and leads nowhere that isn't there."""

import io
import posixpath
import re
import zipfile

import lxml.html
import pytest

from dfs_pages.exporters.booklets import offline
from dfs_pages.exporters.booklets.offline import render_offline
from tests.dfs_pages.booklet_samples import WORDS, sample

FETCHED = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//|@import|url\(""")


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: file.read(info) for info in file.infolist()}


def every_language() -> bytes:
    return render_offline([sample(language) for language in WORDS])


def test_the_way_in_names_every_language_in_itself() -> None:
    data = every_language()
    assert render_offline([sample(language) for language in WORDS]) == data
    root = lxml.html.fromstring(opened(data)["index.html"])
    links = {item.get("lang"): item.find("a").text for item in root.iter("li")}
    assert links == {
        "en": "English", "fr": "Français", "es": "Español", "ar": "العربيّة", "ru": "Русский", "zh-Hans": "简体中文",
    }  # fmt: skip


def test_every_link_and_file_is_there_and_none_is_fetched() -> None:
    files = opened(every_language())
    pages = {name: lxml.html.fromstring(data) for name, data in files.items() if name.endswith(".html")}
    ids = {name: {node.get("id") for node in page.iter() if node.get("id")} for name, page in pages.items()}
    for name, page in pages.items():
        assert page.get("lang")
        assert page.get("dir")
        for node in page.iter("a", "link", "script", "img"):
            target = node.get("href") or node.get("src") or ""
            if node.tag == "a" and ":" in target:
                continue  # a permanent link on the site, followed only on purpose
            where, _, anchor = target.partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), where)) if where else name
            assert file in files, (name, target)
            assert not anchor or anchor in ids[file], (name, target)
    for name, data in files.items():
        if name.endswith((".css", ".js")):
            assert not FETCHED.search(data.decode()), name


def test_a_policy_stops_what_a_text_might_bring() -> None:
    for name, data in opened(every_language()).items():
        if name.endswith(".html"):
            policy = lxml.html.fromstring(data).xpath("//meta[@http-equiv]/@content")
            assert policy == [offline.POLICY]
            assert b"<script>" not in data
            assert b" style=" not in data


def test_pictures_give_way_before_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "pictures/dot.png" in opened(render_offline([sample()]))
    monkeypatch.setattr(offline, "LARGEST", 100)
    files = opened(render_offline([sample()]))
    assert "pictures/dot.png" not in files
    assert "[A dot]" in files["en/start.html"].decode()
