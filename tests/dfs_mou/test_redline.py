"""Tracked changes whose rejection is exactly the old text and whose acceptance is exactly the new one."""

import copy
import datetime
import io
import re
import time
import zipfile
from dataclasses import replace
from functools import lru_cache

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from dfs_mou.documents import docx, docx_redline
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.conditions import kept_by_default
from dfs_mou.documents.document import Paragraph, Span
from dfs_mou.documents.docx_reading import read
from dfs_mou.documents.tree import build
from tests.dfs_mou.arabic_edition import ARABIC_ANSWERS, arabic_edition
from tests.dfs_mou.mou_content import DATE, pair_answers, supplied

AT = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


@lru_cache(None)
def versions(language):
    """Two versions of one MOU: answers changed, an alternative exchanged, clauses and an annex gone or come."""
    if language == "ar":
        before = Answers.from_json(ARABIC_ANSWERS)
        changed = {
            name: f"{value} جديد" if name == "regulator" else value for name, value in before.values["ar"].items()
        }
        after = Answers(before.common, {**before.values, "ar": changed})
        return tuple(build(arabic_edition(), a, language="ar", date=DATE) for a in (before, after))
    answers = pair_answers("sn-artp-bceao")
    kept = kept_by_default(supplied())
    values = {code: {**part, "telecom_regulator_city": "Thiès"} for code, part in answers.values.items()}
    changed = Answers({**answers.common, "binding": "no", "sim_swap_hold_hours": 36}, values)
    fewer = kept - {"tlp", "annex-tlp", "recital-itu-guidance"} | {"testing-lab"}
    return (
        build(supplied(), answers, language=language, date=DATE, keep=kept),
        build(supplied(), changed, language=language, date=DATE, keep=fewer),
    )


@lru_cache(None)
def redline(language):
    return docx_redline.render(*versions(language), author="Régulateur & <B>", at=AT)


def settled(data, kept, dropped):
    """What a word processor leaves after accepting or rejecting every change."""
    word = open_word(io.BytesIO(data))
    body = word.element.body
    for row in [row for row in body.iter(qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn(dropped)}") is not None]:
        row.getparent().remove(row)
    for table in [table for table in body.iter(qn("w:tbl")) if table.find(qn("w:tr")) is None]:
        table.getparent().remove(table)
    for paragraph in [
        p for p in body.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(dropped)}") is not None
    ]:
        paragraph.getparent().remove(paragraph)
    for mark in list(body.iter(qn(dropped))):
        mark.getparent().remove(mark)
    for mark in [m for m in body.iter(qn(kept)) if m.getparent().tag == qn("w:p")]:
        for run in list(mark):
            mark.addprevious(run)
        mark.getparent().remove(mark)
    for change in list(body.iter(qn("w:pPrChange"))):
        properties, was = change.getparent(), change.find(qn("w:pPr"))
        if kept == "w:del":
            properties.getparent().replace(properties, was)
        else:
            properties.remove(change)
    for deleted, plain in (("w:delText", "w:t"), ("w:delInstrText", "w:instrText")):
        for node in body.iter(qn(deleted)):
            node.tag = qn(plain)
    return body


def lines(body):
    """Style and shown text of each paragraph, with where each field leads instead of the number it shows."""
    found = []
    for paragraph in body.iter(qn("w:p")):
        style = str(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")))
        if "toc" in style or style == "MOUContentsHeading":
            continue
        text, in_value = "", False
        for node in paragraph.iter():
            if node.tag == qn("w:fldChar"):
                in_value = node.get(qn("w:fldCharType")) == "separate"
            elif node.tag == qn("w:instrText") or (node.tag == qn("w:t") and not in_value):
                text += node.text or ""
        if text.strip():
            found.append(f"{style}: {text}")
    return found


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_rejecting_gives_the_old_text_and_accepting_the_new(language):
    before, after = versions(language)
    old, new = (lines(open_word(io.BytesIO(docx.render(made))).element.body) for made in (before, after))
    assert old != new
    assert lines(settled(redline(language), "w:del", "w:ins")) == old
    assert lines(settled(redline(language), "w:ins", "w:del")) == new


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_redline_is_a_valid_word_file_and_the_same_each_time(language, tmp_path):
    path = tmp_path / "redline.docx"
    path.write_bytes(redline(language))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert docx_redline.render(*versions(language), author="Régulateur & <B>", at=AT) == redline(language)


def test_every_change_names_its_author_and_time():
    body = open_word(io.BytesIO(redline("fr"))).element.body
    marks = list(body.iter(qn("w:ins"), qn("w:del")))
    assert len(marks) > 10
    assert {mark.get(qn("w:author")) for mark in marks} == {"Régulateur & <B>"}
    assert {mark.get(qn("w:date")) for mark in marks} == {"2026-11-24T12:00:00Z", "2026-11-24T11:58:00Z"}
    numbers = [mark.get(qn("w:id")) for mark in marks]
    assert len(set(numbers)) == len(numbers)


def test_only_the_words_that_differ_are_marked():
    body = open_word(io.BytesIO(redline("fr"))).element.body
    inserted = ["".join(t.text for t in mark.iter(qn("w:t"))) for mark in body.iter(qn("w:ins"))]
    assert "Thiès" in inserted
    assert "36" in inserted


def test_a_document_against_itself_has_no_change():
    before, _after = versions("fr")
    data = docx_redline.render(before, copy.deepcopy(before), author="A", at=AT)
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    assert b"<w:ins " not in xml
    assert b"<w:del " not in xml


def test_a_redline_of_100000_characters_is_exact_and_ready_in_time():
    before = "to see that services stay safe for all of their users; " * 1_800
    changed = "first, " + before[:50_000] + "and sound " + before[50_000:-20] + "indeed"

    def made(text):
        answers = Answers({}, {"en": {"telecom_regulator_mandate": text}})
        return build(supplied(), answers, language="en", date=DATE)

    old, new = made(before.strip()), made(changed)
    started = time.process_time()
    data = docx_redline.render(old, new, "A", AT)
    assert time.process_time() - started < 12
    assert lines(settled(data, "w:ins", "w:del")) == lines(open_word(io.BytesIO(docx.render(new))).element.body)
    assert lines(settled(data, "w:del", "w:ins")) == lines(open_word(io.BytesIO(docx.render(old))).element.body)


def test_two_languages_have_no_changes_to_track():
    with pytest.raises(docx_redline.OtherLanguage):
        docx_redline.render(versions("en")[0], versions("fr")[0], author="A", at=AT)


def test_a_redline_is_read_as_accepted_when_it_comes_back():
    _before, after = versions("fr")
    shown = {line.text for line in read(redline("fr"))}
    assert {line.text for line in read(docx.render(after)) if line.names} <= shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_reference_still_leads_somewhere_when_all_is_rejected_or_accepted(language):
    for kept, dropped in (("w:del", "w:ins"), ("w:ins", "w:del")):
        body = settled(redline(language), kept, dropped)
        names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
        targets = {name for code in body.iter(qn("w:instrText")) for name in re.findall(r"_Ref_\w+", code.text)}
        assert len(targets) > 10
        assert targets <= names


def test_bookmarks_are_numbered_and_named_once():
    body = open_word(io.BytesIO(redline("fr"))).element.body
    for attribute in ("w:id", "w:name"):
        found = [mark.get(qn(attribute)) for mark in body.iter(qn("w:bookmarkStart"))]
        assert len(set(found)) == len(found)


def test_a_paragraph_that_says_something_else_stays_one_paragraph():
    """Only so do word processors find the paragraph again in the cell or before the table where it stands."""
    before, after = versions("en")
    changed = next(clause for clause in before.walk() if clause.role == "part" and clause.blocks)
    words = Paragraph((Span("text", "Completely other words stand here now."),))
    rewritten = replace_clause(after, replace(changed, blocks=(words,)))
    body = open_word(io.BytesIO(docx_redline.render(before, rewritten, "A", AT))).element.body
    (row,) = [row for row in body.iter(qn("w:p")) if "Completely other" in "".join(t.text for t in row.iter(qn("w:t")))]
    assert len(row.findall(qn("w:del"))) == len(row.findall(qn("w:ins"))) == 1
    assert row.find(f"{qn('w:pPr')}/{qn('w:rPr')}") is None


def replace_clause(document, new):
    def below(clauses):
        return tuple(
            new if clause.key == new.key else replace(clause, clauses=below(clause.clauses)) for clause in clauses
        )

    return replace(document, clauses=below(document.clauses))
