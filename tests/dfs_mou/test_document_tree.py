"""The document tree: the example pairs closely, every row of the directory, and hostile answers."""

import datetime
import json
import re

import pytest

from dfs_mou.documents import html
from dfs_mou.documents.answers import Answers, clean
from dfs_mou.documents.conditions import clauses_in, kept_by_default, variables_needed
from dfs_mou.documents.directory import answers_from_directory
from dfs_mou.documents.document import BulletList, SignatureLine, Table
from dfs_mou.documents.tree import UnknownLanguage, build
from tests.dfs_mou.arabic_edition import ARABIC_ANSWERS, arabic_edition
from tests.dfs_mou.language_checks import faults
from tests.dfs_mou.mou_content import DATE, PAIRS, directory, pair_answers, pair_document, paragraphs, supplied


@pytest.mark.parametrize(("pair", "language"), PAIRS)
def test_an_example_pair_prints_without_a_fault(pair, language):
    found = [fault for text in paragraphs(pair_document(pair, language)) for fault in faults(text, language)]
    assert found == []


@pytest.mark.parametrize(("pair", "language"), PAIRS)
def test_every_reference_leads_to_a_printed_clause_and_says_its_number(pair, language):
    document = pair_document(pair, language)
    tops = {top.key: top for top in document.tops}
    references = [span for span in document.spans() if span.kind == "reference"]
    states = clauses_in(supplied(), pair_answers(pair))
    written = [run for node in supplied().nodes() if states[node.key].is_in for run in node.runs(language) if run.ref]
    assert len(references) == len(written) > 10
    for span in references:
        top = tops[span.key]
        assert span.number == top.number
        words = {"en": "clause", "fr": "article"}
        expected = top.label if top.role == "annex" else f"{words[language]} {top.number}"
        assert span.text == expected


@pytest.mark.parametrize(("pair", "language"), PAIRS)
def test_exactly_the_clauses_that_are_in_are_printed(pair, language):
    document = pair_document(pair, language)
    printed = {clause.key for clause in document.walk()} | {clause.absorbed for clause in document.walk()}
    states = clauses_in(supplied(), pair_answers(pair))
    assert printed - {""} == {key for key, state in states.items() if state.is_in}
    mandatory = {top.key for top in (*supplied().clauses, *supplied().annexes) if top.kind == "mandatory"}
    assert mandatory <= printed


def test_numbers_run_without_a_gap():
    document = pair_document("sn-artp-bceao", "fr")
    numbers = [top.number for top in document.clauses if top.number]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert [top.number for top in document.annexes] == list("ABCDEFGHIJK")[: len(document.annexes)]
    assert [top.label for top in document.annexes][:2] == ["Annexe A", "Annexe B"]
    purpose = next(top for top in document.clauses if top.key == "purpose")
    assert [part.label for part in purpose.clauses] == [f"{purpose.number}.1", f"{purpose.number}.2"]
    assert [part.label for part in purpose.clauses[1].clauses][:3] == ["a)", "b)", "c)"]


def test_leaving_a_clause_out_renumbers_what_follows():
    answers = pair_answers("ng-ncc-cbn")
    keep = kept_by_default(supplied()) - {"tlp"}
    fewer = build(supplied(), answers, language="en", date=DATE, keep=keep)

    def number(document, key):
        return next(int(top.number) for top in document.clauses if top.key == key)

    full = pair_document("ng-ncc-cbn", "en")
    assert number(fewer, "contact-points") == number(full, "contact-points") - 1
    numbers = {top.key: top.number for top in fewer.tops}
    references = [span for span in fewer.spans() if span.kind == "reference"]
    assert all(span.number == numbers[span.key] for span in references)


def test_a_clause_with_a_single_part_shows_it_as_its_own_text():
    costs = next(top for top in pair_document("ng-ncc-cbn", "en").clauses if top.key == "costs")
    assert (costs.absorbed, costs.clauses) == ("costs-own", ())
    assert costs.blocks


def test_definitions_are_in_the_order_of_the_language():
    def terms(language):
        document = pair_document("sn-artp-bceao", language)
        found = [clause for clause in document.walk() if clause.role == "definition"]
        return [clause.blocks[0].spans[0].text.strip("“”« \u00a0»") for clause in found]

    assert terms("en") == sorted(terms("en"), key=str.casefold)
    french = terms("fr")
    assert french.index("Échange de SIM") == french.index("Droit applicable") + 1
    assert all(
        clause.blocks[0].spans[0].bold
        for clause in pair_document("sn-artp-bceao", "fr").walk()
        if clause.role == "definition"
    )


def test_the_cover_the_signatures_and_the_contacts_have_their_form():
    document = pair_document("ng-ncc-cbn", "en")
    assert document.cover.title == "Memorandum of Understanding"
    signatures = next(top for top in document.clauses if top.key == "signatures")
    assert [part.role for part in signatures.clauses] == ["signature", "signature"]
    for part in signatures.clauses:
        assert any(isinstance(block, SignatureLine) for block in part.blocks)
    contacts = next(top for top in document.annexes if top.key == "annex-contacts")
    tables = [b for part in contacts.clauses for b in part.blocks if isinstance(b, Table)]
    assert [len(table.rows) for table in tables] == [6, 6]
    assert tables[0].header[0] == "Role"
    acts = next(c for c in document.walk() if c.key == "recital-legal-basis-regulator")
    assert isinstance(acts.blocks[1], BulletList)


def test_a_placeholder_prints_as_a_line_and_a_date_in_words():
    answers = pair_answers("sn-artp-bceao")
    answers = Answers({**answers.common, "signature_date": "2026-09-01"}, answers.values)
    document = build(supplied(), answers, language="fr", date=datetime.date(2026, 12, 1))
    text = "\n".join(paragraphs(document))
    assert "1er septembre 2026" in text
    assert "1er décembre 2026" in document.footer
    assert "[Nom" not in text
    assert "(Nom du Directeur général)" in text
    assert "telecom_regulator_head_name" in document.blanks
    assert "signature_date" not in document.blanks


def test_brackets_inside_an_answer_are_part_of_it():
    given = pair_answers("ng-ncc-cbn")
    typed = {"telecom_regulator_establishing_law": "the Communications Act 1 [Cap. 411A], as amended"}
    answers = Answers(given.common, {"en": {**given.values["en"], **typed}})
    document = build(supplied(), answers, language="en", date=DATE)
    assert "the Communications Act 1 [Cap. 411A], as amended" in "\n".join(paragraphs(document))
    assert "telecom_regulator_establishing_law" not in document.blanks
    for line in ("[Law]", "[Law] / [Act]", " [Law]"):
        answers = Answers(given.common, {"en": {**given.values["en"], "telecom_regulator_establishing_law": line}})
        document = build(supplied(), answers, language="en", date=DATE)
        assert "telecom_regulator_establishing_law" in document.blanks
        assert "[Law]" not in "\n".join(paragraphs(document))


def test_the_same_input_gives_the_same_tree_and_another_another():
    first = build(supplied(), pair_answers("ph-ntc-bsp"), language="en", date=DATE)
    again = build(supplied(), Answers.from_json(pair_answers("ph-ntc-bsp").to_json()), language="en", date=DATE)
    assert json.dumps(first.to_json()) == json.dumps(again.to_json())
    assert first.sha256 == again.sha256
    later = build(supplied(), pair_answers("ph-ntc-bsp"), language="en", date=DATE + datetime.timedelta(1))
    assert later.sha256 != first.sha256


def test_a_language_without_a_text_is_refused():
    with pytest.raises(UnknownLanguage, match="xx"):
        build(supplied(), Answers(), language="xx", date=DATE)


def test_a_first_document_needs_a_dozen_answers_at_most():
    row = next(row for row in directory() if row["iso2"] == "KE")
    answers = answers_from_directory(row, ("en",))
    given = sum(len(part) for part in answers.values.values()) + len(answers.common)
    assert given <= 12
    document = build(supplied(), answers, language="en", date=DATE)
    assert [fault for text in paragraphs(document) for fault in faults(text, "en")] == []
    assert len(document.tops) > 40
    needs = {need.variable.name: need for need in variables_needed(supplied(), answers, languages=["en"])}
    open_figures = [name for name, need in needs.items() if need.is_open and need.variable.type == "integer"]
    assert open_figures == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.slow
def test_every_row_of_the_directory_makes_a_document(language):
    for row in directory():
        document = build(supplied(), answers_from_directory(row, (language,)), language=language, date=DATE)
        assert len(document.tops) > 40
        page = html.page(document)
        assert page.count("<section") == len(document.tops)
        names = [row[field].replace("'", "’") for field in ("telecom_regulator", "central_bank")]
        foreign = [name for name in names if name and faults(name, language)]
        for text in set(paragraphs(document)):
            for name in foreign:
                text = text.replace(name, "X")
            assert not faults(text, language), row["iso2"]


HOSTILE = ["{{7*7}}", "<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", '#eval("1")', "\\u{0}"]


def test_hostile_answers_stay_text():
    values = {"telecom_regulator_name": " ".join(HOSTILE), "country_name": "<b>Land</b>", "mou_languages": "[[x]]"}
    cleaned = clean(supplied(), {"values": {"en": values}})
    assert cleaned.is_valid
    document = build(supplied(), cleaned.answers, language="en", date=DATE)
    page = html.page(document)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "{{7*7}}" in page
    assert "&lt;script&gt;" in page
    assert page.count("</style>") == 1


def test_html_links_lead_somewhere_and_ids_are_unique():
    page = html.page(pair_document("ng-ncc-cbn", "en"))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert page.startswith('<!DOCTYPE html>\n<html class="mou-page" lang="en-GB" dir="ltr">')
    assert "not an official ITU text" in page


def test_an_arabic_document_is_right_to_left():
    document = build(arabic_edition(), Answers.from_json(ARABIC_ANSWERS), language="ar", date=DATE)
    fragment = html.fragment(document, heading_level=2)
    assert '<article class="mou-document" lang="ar-SA" dir="rtl">' in fragment
    assert "<h1" not in fragment
    assert "الملحق أ" in fragment
    assert "(ب)" in fragment
    assert "1 سبتمبر 2026" in fragment
    terms = [clause.blocks[0].spans[0].text for clause in document.walk() if clause.role == "definition"]
    assert terms == ["«البطاقة»", "«الخدمة»", "«الشبكة»"]
