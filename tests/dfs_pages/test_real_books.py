"""Books of others, as GitBook wrote them: every page, picture and link is accounted for, and nothing is lost twice."""

import json
import os
import posixpath
from pathlib import Path
from urllib.parse import unquote

import pytest

from dfs_pages.importers.gitbook.load import Order, find_parent, import_gitbook

DATA = Path(os.environ.get("DFS_TEST_DATA") or "/nowhere") / "gitbook"
BOOKS = ["itu-dfs-security-lab", "govstack-bb-payments", "openg2p", "chayn-diy-online-privacy", "cisco-nso"]
NOT_PAGES = ("SUMMARY.md", "LANGS.md")

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.slow,
    pytest.mark.usefixtures("content"),
    pytest.mark.skipif(not DATA.exists(), reason="DFS_TEST_DATA does not name the real data"),
]


@pytest.mark.parametrize("name", BOOKS)
def test_a_real_book_is_accounted_for(name):
    book = DATA / name
    account = import_gitbook(Order(book, find_parent("", "en"), dry_run=True))
    texts = {path.relative_to(book).as_posix() for path in book.rglob("*.md")}
    pages = {text for text in texts if not text.endswith(NOT_PAGES) and ".gitbook/includes/" not in text}
    in_other_languages = sum(
        kind == "page" and "another language" in reason for _f, kind, _o, reason, _w in account.notes
    )
    other_contents = sum(text.endswith("SUMMARY.md") for text in texts) if in_other_languages else 0
    assert account.total("page") == len(pages) + max(0, other_contents - 1)
    assert account.created >= account.total("page") - in_other_languages - account.counts["page", "refused"]
    left_out = set(json.loads((book / "_SOURCE.json").read_text())["left_out"])
    for file, kind, _outcome, reason, what in account.notes:
        if kind == "image" and reason == "the file is not in the book":
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(what)))
            assert not (book / wanted).is_file() or len(what) == 120, (file, what)
    if name == "itu-dfs-security-lab":
        assert not left_out and account.counts["image", "refused"] == 0
