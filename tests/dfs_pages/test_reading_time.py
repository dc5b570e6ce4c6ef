"""How long a page takes to read is said in the reader's language, counted at the speed of the text's own."""

import pytest
from django.test import Client
from django.utils.translation import override

from dfs_pages.query.reading_time import PLACE, minutes, say_reading_time


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("word " * 456, "en", 2),
        ("mot " * 585, "fr", 3),
        ("كلمة " * 414, "ar", 3),
        ("слово " * 368, "ru", 2),
        ("字" * 765, "zh-hans", 3),
        ("字" * 255 + " word" * 184, "zh-hans", 2),
        ("palavra " * 368, "pt", 2),
        ("short", "en", 1),
    ],
)
def test_languages_are_read_at_their_own_speed(text: str, language: str, expected: int) -> None:
    assert minutes(text, language) == expected


def test_lists_of_links_are_not_read() -> None:
    html = f'<h1>x</h1>{PLACE}<nav>{"a " * 900}</nav><p>{"word " * 228}</p><ul class="acts">{"b " * 900}</ul>'
    with override("en"):
        assert "Reading time: 1 minute</p><nav>" in say_reading_time(html, "en")
    with override("ar"):
        assert "دقيقتان" in say_reading_time(html + "<p>" + "word " * 228, "en")


@pytest.mark.usefixtures("content")
def test_chapters_threats_and_plain_pages_say_it() -> None:
    client = Client()
    for path in ("/en/recommendations/sim-swap/", "/en/r/SAF-T10/", "/en/about/"):
        assert "Reading time: " in client.get(path).content.decode(), path
    assert "Temps de lecture\u00a0: " in client.get("/fr/recommendations/sim-swap/").content.decode()
    assert "data-reading-time" not in client.get("/en/r/SIM-MNO-03/").content.decode()
