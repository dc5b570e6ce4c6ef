"""Two wordings of a text, compared word by word."""

import time

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dfs_workflow.redline import Kind, compare


def marked(before: str, after: str, language: str = "en") -> str:
    signs = {Kind.SAME: "{}", Kind.ADDED: "+{}+", Kind.REMOVED: "-{}-"}
    return "".join(signs[piece.kind].format(piece.text) for piece in compare(before, after, language).pieces)


WORDS = st.lists(st.sampled_from(["must", "not", "SIM", "24", " ", "  ", "\n", ".", "，", "供", "应", "يَجِب", "l'un"]))


@given(WORDS.map("".join), WORDS.map("".join))
def test_both_wordings_can_be_read_from_it(before: str, after: str) -> None:
    pieces = compare(before, after).pieces
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.REMOVED) == after
    assert compare(before, after).is_changed == (before != after)


@pytest.mark.parametrize(
    ("language", "before", "after", "shown"),
    [
        ("en", "Before a SIM swap.", "Before a SIM swap or SIM renewal.", "Before a SIM swap+ or SIM renewal+."),
        ("en", "and wait for an answer", "and wait a set time for an answer", "and wait +a set time +for an answer"),
        ("en", "one two three", "four five three", "-one two-+four five+ three"),
        ("fr", "L'opérateur vérifie", "L'exploitant vérifie", "-L'opérateur-+L'exploitant+ vérifie"),
        ("ar", "يجب على المشغل", "يجب على المزود", "يجب على -المشغل-+المزود+"),
        ("zh-hans", "运营商应验证身份", "运营商应当验证身份", "运营商应+当+验证身份"),
    ],
)  # fmt: skip
def test_only_the_words_that_differ_are_marked(language: str, before: str, after: str, shown: str) -> None:
    assert marked(before, after, language) == shown


@pytest.mark.parametrize(
    ("language", "before", "after", "removed", "added"),
    [
        ("en", "Operators should ask.", "Operators must ask.", ["should"], ["must"]),
        ("en", "Do not share it.", "Do share it.", ["not"], []),
        ("fr", "L’opérateur devrait vérifier.", "L’opérateur doit vérifier.", ["devrait"], ["doit"]),
        ("es", "El operador puede avisar.", "El operador debe avisar.", ["puede"], ["debe"]),
        ("ru", "Оператор должен сообщить.", "Оператор может сообщить.", ["должен"], ["может"]),
        ("ar", "ينبغي للمشغل أن يتحقق.", "ويجب على المشغل أن يتحقق.", ["ينبغي"], ["ويجب"]),
        ("zh-hans", "运营商可以通知客户。", "运营商必须通知客户。", ["可以"], ["必须"]),
        ("en", "The mayor knows.", "The major knows.", [], []),
        ("sw", "Lazima atoe taarifa.", "Anaweza kutoa taarifa.", [], []),
    ],
)
def test_normative_words_are_named(language: str, before: str, after: str, removed: list, added: list) -> None:
    found = compare(before, after, language)
    assert (list(found.words_removed), list(found.words_added)) == (removed, added)
    assert found.is_normative == bool(removed or added)


def test_numbers_are_named_and_a_moved_one_is_not() -> None:
    found = compare("Within 24 hours, at 1.5 % of 10 000.", "At 2.5% of 10 000, within 48 hours.")
    assert (found.numbers_removed, found.numbers_added) == (("24", "1.5%"), ("2.5%", "48"))
    assert not compare("First 5, then 7.", "Then 7, first 5.").is_normative


def test_a_long_text_is_compared_in_time() -> None:
    before = " ".join(f"Sentence {number} says what the operator must do." for number in range(3000))
    started = time.perf_counter()
    found = compare(before, before.replace("Sentence 1500 says", "Sentence 1500 asks"))
    assert [piece.text for piece in found.pieces if piece.kind != Kind.SAME] == ["says", "asks"]
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("unit", ["a. ", "word "])
def test_a_monotonous_text_of_100000_characters_is_compared_in_time(unit: str) -> None:
    before = (unit * 100_000)[:100_000]
    after = "New. " + before[:40_000] + " changed " + before[40_001:-9] + " end."
    started = time.process_time()
    found = compare(before, after)
    assert "".join(piece.text for piece in found.pieces if piece.kind != Kind.ADDED) == before
    assert "".join(piece.text for piece in found.pieces if piece.kind != Kind.REMOVED) == after
    assert time.process_time() - started < 10


def test_it_is_said_in_words_in_the_language_of_the_reader() -> None:
    template = Template("{% load dfs_redline %}{% redline found %}{% redline_notes found 'en' %}")
    with translation.override("fr"):
        html = template.render(Context({"found": compare("It should <b> wait 5 days.", "It must <b> wait 9 days.")}))
    assert '<del class="said"><span class="vh">[supprimé\u00a0: </span>should' in html
    assert "&lt;b&gt;" in html and "<b>" not in html
    assert "Mots normatifs modifiés." in html and '<q lang="en">must</q>' in html
    assert "Nombres modifiés." in html
    with translation.override("ar"):
        html = template.render(Context({"found": compare("It should wait.", "It must wait.")}))
    assert '<ul class="redline-notes" lang="ar" dir="rtl">' in html  # whatever the direction of the text above
