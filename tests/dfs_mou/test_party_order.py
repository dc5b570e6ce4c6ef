"""The regulator or the central bank first: the same order in every place, format and language."""

import io
import re
import subprocess
import zipfile

import pytest
from lxml import etree

from dfs_mou.documents import akoma, comparison, docx, html, markdown, odt, pdf
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.conditions import variables_needed
from dfs_mou.documents.edition_lint import lint
from dfs_mou.documents.tree import build
from dfs_mou.documents.wording import Wording
from tests.dfs_mou.form import Form
from tests.dfs_mou.language_checks import faults
from tests.dfs_mou.mou_content import DATE, paragraphs, supplied
from tests.dfs_mou.translated_edition import edition_in

NAMES = {
    "en": ("Nigerian Communications Commission", "Central Bank of Nigeria"),
    "fr": ("Autorité de Régulation des Télécommunications", "Banque Centrale du Congo"),
    "ar": ("هيئة تنظيم قطاع الاتصالات", "البنك المركزي الأردني"),
}
MARKS = {"R": "telecom_regulator", "B": "central_bank"}
FIRST = {"regulator_first": "RB", "central_bank_first": "BR"}
PLACES = ("head_name", "focal_point")
CASES = [(language, order) for language in NAMES for order in FIRST]


def made(language, order, wording=None):
    regulator, bank = NAMES[language]
    said = {f"{party}_{place}": f"Mark-{mark}" for mark, party in MARKS.items() for place in PLACES}
    common = {f"{party}_incident_contact": f"Mark-{mark}" for mark, party in MARKS.items()}
    said |= {"telecom_regulator_name": regulator, "central_bank_name": bank}
    edition = supplied() if language in ("en", "fr") else edition_in(language)
    answers = Answers({"party_order": order, **common}, {language: said})
    return build(edition, answers, language=language, date=DATE, wording=wording)


def all_text(root):
    return " ".join(root.itertext())


def as_written(data):
    """In the order of the file, not of the page, on which columns go from right to left in Arabic."""
    command = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


READERS = {
    "docx": lambda shown: all_text(etree.fromstring(zipped(docx.render(shown), "word/document.xml"))),
    "odt": lambda shown: all_text(etree.fromstring(zipped(odt.render(shown), "content.xml"))),
    "pdf": lambda shown: as_written(pdf.render(shown)),
    "html": html.page,
    "md": lambda shown: markdown.render(shown).decode(),
    "akn": lambda shown: all_text(etree.fromstring(akoma.render(shown))),
}


def zipped(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


@pytest.mark.parametrize(("language", "order"), CASES)
@pytest.mark.parametrize("name", READERS)
def test_every_format_names_the_parties_in_the_order_chosen(name, language, order):
    shown = made(language, order)
    text = READERS[name](shown)
    marks = "".join(re.findall("Mark-([RB])", text))
    assert marks == FIRST[order] * 4  # the parties, two lists of contacts, the signatures
    if name != "pdf" or language != "ar":  # letters are joined there
        squeezed = re.sub(r"\s+", "", text)
        regulator, bank = (squeezed.index(re.sub(r"\s+", "", part)) for part in NAMES[language])
        assert (regulator < bank) is (order == "regulator_first")


@pytest.mark.parametrize(("language", "order"), [case for case in CASES if case[0] != "ar"])
def test_the_language_stays_right_in_both_orders(language, order):
    shown = made(language, order)
    assert [fault for text in paragraphs(shown) for fault in faults(text, language)] == []
    assert [top.heading for top in shown.tops] == [top.heading for top in made(language, "regulator_first").tops]


def lines(shown, key):
    clause = next(clause for clause in shown.walk() if clause.key == key)
    return [line for part in clause.walk() for line in comparison.clause_text(part).split("\n")]


def test_french_contracts_and_keeps_one_part_and_the_other():
    shown = made("fr", "central_bank_first")
    assert lines(shown, "cover")[1:5] == [
        "entre",
        "la Banque Centrale du Congo",
        "et",
        "l’Autorité de Régulation des Télécommunications",
    ]
    parties = lines(shown, "parties")
    ends = ("Centrale\u00a0»", "régulation\u00a0»")
    bank, regulator = (next(i for i, line in enumerate(parties) if end in line) for end in ends)
    assert parties[bank + 1] == "d’une part,"
    assert parties[regulator + 1].startswith("d’autre part,")
    assert "ensemble «\u00a0les Parties\u00a0»" in parties[-1]
    signed = " ".join(lines(shown, "signatures"))
    assert signed.index("de la Banque Centrale du Congo") < signed.index("de l’Autorité de Régulation")


def test_arabic_names_stand_alone_after_the_word_that_joins_them():
    cover = lines(made("ar", "central_bank_first"), "cover")
    assert cover[1:5] == ["بين", NAMES["ar"][1], "و", NAMES["ar"][0]]


def test_words_that_were_agreed_go_with_their_party():
    words = Wording().with_changed("en", "party-regulator", "The Board, as agreed;\nand")
    parties = lines(made("en", "central_bank_first", words), "parties")
    assert parties[-2:] == ["The Board, as agreed;", "together the “Authorities” and each an “Authority”."]
    assert parties[-3] == "and"


def test_the_order_is_asked_with_its_reason_and_is_no_finding():
    need = next(need for need in variables_needed(supplied(), Answers()) if need.variable.name == "party_order")
    assert {"cover", "parties", "signatures", "contact-duty"} <= set(need.printed_in)
    assert not need.is_open
    assert [finding for finding in lint(supplied()) if finding.name == "party_order"] == []


@pytest.mark.django_db
def test_a_drafter_chooses_the_order(client, edition):
    step = Form(client, client.get("/en/mou-builder/")).press("agreement")
    assert "Printed in: “Memorandum of Understanding”, “Parties”" in step.text
    typed = {"a..party_order": "central_bank_first"}
    sheet = step.press("preview", **typed).soup.find(class_="mou-signatures").get_text()
    assert sheet.index("central bank") < sheet.index("regulator")
