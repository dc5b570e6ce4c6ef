"""Answers are cleaned; a wrong one is said beside its field and nothing that was typed is lost."""

import pytest

from dfs_mou.documents.answers import Answers, clean
from dfs_mou.documents.cleaning import LONGEST_NAME, LONGEST_TEXT
from tests.dfs_mou.mou_content import PAIRS, pair_answers, supplied


def clean_one(name, raw, language=None):
    data = {"values": {language: {name: raw}}} if language else {"common": {name: raw}}
    return clean(supplied(), data)


@pytest.mark.parametrize("pair", sorted({pair for pair, _ in PAIRS}))
def test_the_example_pairs_are_clean_as_they_are(pair):
    given = pair_answers(pair)
    cleaned = clean(supplied(), given.to_json())
    assert cleaned.is_valid
    assert cleaned.answers.to_json() == given.to_json()


@pytest.mark.parametrize(
    ("name", "language", "raw", "value"),
    [
        ("binding", None, "no", "no"),
        ("term_years", None, " 5 ", 5),
        ("term_years", None, 5, 5),
        ("has_prior_agreement", None, "on", True),
        ("has_prior_agreement", None, False, False),
        ("signature_date", None, "2026-09-01", "2026-09-01"),
        ("signature_date", None, "", None),
        ("fiu_name", "en", "  ", None),
        ("fiu_name", "en", " the \t FIU\r\nof X ", "the FIU of X"),
        ("fiu_name", "en", "a\x00b\x07c\u202edef\u2066\ud800", "abcdef"),
        ("fiu_name", "en", "<script>{{7*7}}</script>", "<script>{{7*7}}</script>"),
        ("dfs_regulations", "fr", "Loi A\n\n Loi B ", ["Loi A", "Loi B"]),
        ("dfs_regulations", "fr", ["Loi A", ""], ["Loi A"]),
        (
            "central_bank_contacts",
            None,
            "Focal point | Jane | Director | +1",
            [{"role": "Focal point", "name": "Jane", "post": "Director", "phone": "+1", "email": "", "key": ""}],
        ),
    ],
)
def test_an_answer_is_cleaned(name, language, raw, value):
    cleaned = clean_one(name, raw, language)
    assert cleaned.is_valid
    part = cleaned.answers.values[language] if language else cleaned.answers.common
    assert part == {name: value}


@pytest.mark.parametrize(
    ("name", "language", "raw", "code"),
    [
        ("binding", None, "perhaps", "not_a_choice"),
        ("binding", None, ["no"], "not_a_choice"),
        ("term_years", None, "many", "not_a_number"),
        ("term_years", None, "9" * 5000, "not_a_number"),
        ("term_years", None, True, "not_a_number"),
        ("term_years", None, 1, "too_small"),
        ("term_years", None, 21, "too_large"),
        ("has_prior_agreement", None, "perhaps", "not_a_yes_or_no"),
        ("signature_date", None, "01/09/2026", "not_a_date"),
        ("signature_date", None, "9999-01-01", "not_a_date"),
        ("fiu_name", "en", "x" * 100_000, "too_long"),
        ("fiu_name", "en", {"a": 1}, "not_text"),
        ("dfs_regulations", "en", 7, "not_a_list"),
        ("dfs_regulations", "en", ["x"] * 51, "too_many"),
        ("dfs_regulations", "en", ["x" * 2001], "too_long"),
        ("central_bank_contacts", None, [{"password": "x"}], "not_a_contact"),
        ("central_bank_contacts", None, "a|b|c|d|e|f|g", "not_a_contact"),
        ("fiu_name", None, "x", "wrong_place"),
        ("binding", "en", "no", "wrong_place"),
        ("__class__", None, "x", "unknown"),
        ("x" * 500, "en", "x", "unknown"),
    ],
)
def test_a_wrong_answer_is_said_and_kept(name, language, raw, code):
    cleaned = clean_one(name, raw, language)
    (error,) = cleaned.errors
    assert error.code == code
    assert error.name == name[:64]
    assert error.language == language
    assert error.raw == raw
    assert str(error.message)
    assert cleaned.answers == Answers({}, {language: {}} if language else {})


def test_the_right_answers_beside_a_wrong_one_stay():
    cleaned = clean(supplied(), {"common": {"binding": "no", "term_years": 99}, "values": {"xx": {}, "en": {}}})
    assert cleaned.answers.common == {"binding": "no"}
    assert [error.code for error in cleaned.errors] == ["too_large", "unknown_language"]
    assert "20" in str(cleaned.errors[0].message)


@pytest.mark.parametrize("raw", [None, [], "x", {"other": 1}, {"common": []}, {"common": 3}, {"values": [1]}])
def test_what_is_no_answers_at_all_is_one_error(raw):
    cleaned = clean(supplied(), raw)
    assert [error.code for error in cleaned.errors] in (["not_answers"], [])
    assert cleaned.answers.common == {}
    assert cleaned.is_valid is (raw == {"common": []})


@pytest.mark.parametrize(("name", "longest"), [("telecom_regulator_mandate", LONGEST_TEXT), ("fiu_name", LONGEST_NAME)])
def test_the_longest_text_is_still_an_answer(name, longest):
    assert clean_one(name, "é" * longest, "fr").is_valid
    assert [error.code for error in clean_one(name, "é" * (longest + 1), "fr").errors] == ["too_long"]
