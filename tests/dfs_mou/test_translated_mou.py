"""The whole model MOU in the languages that it has as PO: complete, and nothing in it that must not be printed."""

import re

import page as page_validation
import pytest
from openxml_audit import OpenXmlValidator

from dfs_mou.documents import docx, pdf
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.tree import build
from tests.dfs_mou.language_checks import DOUBLE_SPACE, LEFTOVERS
from tests.dfs_mou.mou_content import DATE, paragraphs
from tests.dfs_mou.translated_edition import edition_in

ENGLISH_WORDS = re.compile(r"\b(?:the|of|and|is|are|will|with|by)\b")
# In Russian: a second full stop after the “г.” of a date, a one with a plural.
RUSSIAN_FAULTS = re.compile(r"г\.\.|\b(?:\d*[^1\W])?1 (?:часов|дней|месяцев|лет|минут|секунд|[Рр]абочих дней)\b")

# In Arabic: a number before a word that still has the form for a line to fill.
ARABIC_FAULTS = re.compile(r"\d من (?:الثواني|الدقائق|الساعات|الأيام|أيام|الأشهر|السنوات)")


def every_answer(edition, language, choice):
    """Each question answered with its example, each choice with its first or its last value."""
    common, own = {}, {}
    for variable in edition.variables:
        if variable.choices:
            common[variable.name] = variable.choices[choice].value
        elif variable.type == "integer":
            common[variable.name] = variable.min or 2 if choice else 21
        elif variable.type == "boolean":
            common[variable.name] = True
        elif variable.type == "date":
            common[variable.name] = "2026-10-01"
        elif not variable.form_of and variable.type not in ("list_of_contacts", "legal_acts_list"):
            own[variable.name] = variable.example.get(language) or "X"
    return Answers(common, {language: own})


def document(language, choice=0):
    edition = edition_in(language)
    optional = {node.key for node in edition.nodes() if node.kind == "optional"}
    answers = every_answer(edition, language, choice)
    return build(edition, answers, language=language, date=DATE, keep=optional)


@pytest.mark.parametrize("choice", [0, -1], ids=["first choices", "last choices"])
@pytest.mark.parametrize("language", ["ar", "es", "ru", "zh-hans"])
def test_every_text_of_the_mou_is_printed_in_the_language_and_reads_well(language, choice):
    texts = paragraphs(document(language, choice))
    assert len(texts) > 300
    wrong = (LEFTOVERS, DOUBLE_SPACE, ENGLISH_WORDS)
    assert [text for text in texts if any(rule.search(text) for rule in wrong)] == []


@pytest.mark.parametrize("choice", [0, -1], ids=["first choices", "last choices"])
def test_numbers_and_dates_agree_with_the_words_around_them_in_russian(choice):
    assert [text for text in paragraphs(document("ru", choice)) if RUSSIAN_FAULTS.search(text)] == []


@pytest.mark.parametrize("choice", [0, -1], ids=["first choices", "last choices"])
def test_numbers_agree_with_the_words_after_them_in_arabic(choice):
    texts = paragraphs(document("ar", choice))
    assert [text for text in texts if ARABIC_FAULTS.search(text)] == []
    assert any("21 يوماً" in text if choice == 0 else "ساعتين (2)" in text or "ساعة واحدة (1)" in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "ru"])
def test_its_word_and_pdf_files_are_valid(language, tmp_path):
    made = document(language)
    path = tmp_path / "mou.docx"
    path.write_bytes(docx.render(made))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    data = pdf.render(made)
    reports = [page_validation.validate_pdf_bytes(data, profile=profile) for profile in ("3a", "ua1")]
    assert [report.failures for report in reports if not report.is_compliant] == []
