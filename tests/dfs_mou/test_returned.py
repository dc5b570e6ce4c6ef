"""A returned Word file: hostile ones are refused before any parser, the others are mapped to their clauses."""

import copy
import io
import os
import re
import time
import zipfile
from xml.sax.saxutils import escape

import pytest
from django.utils import translation
from docx import Document as open_word
from docx.oxml.ns import qn

from dfs_mou.documents import docx, docx_reading, returned
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.comparison import Kind
from dfs_mou.documents.conditions import kept_by_default
from dfs_mou.documents.tree import build
from dfs_mou.exporters import files
from dfs_workflow.documents import docx_gate
from dfs_workflow.documents.docx_gate import RefusedFile
from dfs_workflow.documents.docx_xml import element
from dfs_workflow.documents.read_apart import read_apart
from tests.dfs_mou.mou_content import DATE, pair_answers, pair_document, supplied
from tests.dfs_mou.word_parts import clause_in, move_costs

BODY = "word/document.xml"
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def sent():
    return pair_document("ng-ncc-cbn", "en")


def file():
    return docx.render(sent())


def edited(change, part=BODY, more=None, data=None, packing=zipfile.ZIP_DEFLATED):
    """The file with one part changed and others added."""
    source, result = zipfile.ZipFile(io.BytesIO(data or file())), io.BytesIO()
    with zipfile.ZipFile(result, "w", packing) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, change(text.decode()) if name == part else text)
        for name, text in (more or {}).items():
            target.writestr(name, text)
    return result.getvalue()


def damaged(data):
    """The package is whole, what is packed in it isn't."""
    row = zipfile.ZipFile(io.BytesIO(data)).getinfo(BODY)
    start = row.header_offset + 30 + len(row.filename) + 20
    return data[:start] + b"\xff" * 400 + data[start + 400 :]


def with_field(*codes):
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in codes)
    return edited(lambda text: text.replace("<w:sectPr", f"<w:p>{FIELD.format(runs)}</w:p><w:sectPr", 1))


def same(text):
    return text


def relation(kind, target):
    row = (
        '<Relationship Id="rIdX" TargetMode="External" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    )
    return edited(
        lambda text: text.replace("</Relationships>", row + "</Relationships>"), "word/_rels/document.xml.rels"
    )


DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
WIDE = f"<?xml version='1.0'?>{DOCTYPE}<x/>".encode("utf-16")
HOSTILE = {
    "no file": lambda: b"",
    "text": lambda: b"Dear colleague",
    "another package": lambda: edited(same, part="-")[:200],
    "entities": lambda: edited(lambda text: re.sub(r"\?>", f"?>{DOCTYPE}", text, count=1)),
    "entities in UTF-16": lambda: edited(same, more={"word/x.xml": WIDE}),
    "a bomb": lambda: edited(same, more={"word/media/x.png": b"\0" * (30 << 20)}),
    "too large": lambda: edited(same, more={f"word/media/{i}.png": b"\0" * (900 << 10) for i in range(60)}),
    "too many parts": lambda: edited(same, more={f"word/{i}.xml": b"<x/>" for i in range(400)}),
    "macros": lambda: edited(same, more={"word/vbaProject.bin": b"x"}),
    "an embedded object": lambda: edited(same, more={"word/embeddings/oleObject1.xlsx": b"x"}),
    "a part outside": lambda: edited(same, more={"../../etc/cron.d/x.xml": b"<x/>"}),
    "a remote template": lambda: relation("attachedTemplate", "http://127.0.0.1:9/evil.dotm"),
    "a remote picture": lambda: relation("image", "http://127.0.0.1:9/p.png"),
    "a script link": lambda: relation("hyperlink", "javascript:alert(1)"),
    "a link to a file": lambda: relation("hyperlink", "file://server/share/x"),
    "DDE": lambda: with_field(' DDEAUTO c:\\\\cmd.exe "/k calc" '),
    "DDE in pieces": lambda: with_field(" DDE", "AUTO ", "c:\\\\cmd.exe"),
    "INCLUDETEXT": lambda: edited(
        lambda text: text.replace("<w:sectPr", '<w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p><w:sectPr', 1)
    ),
    "endless": lambda: edited(
        lambda text: text.replace("<w:sectPr", "<w:p><w:r><w:t>a b</w:t></w:r></w:p>" * 9_000 + "<w:sectPr", 1)
    ),
    "one endless line": lambda: edited(lambda text: text.replace("Its objectives", "a " * 70_000)),
    "endless in many paragraphs": lambda: edited(
        lambda text: text.replace(
            "<w:sectPr", f"<w:p><w:r><w:t>{'a b ' * 2_000}</w:t></w:r></w:p>" * 200 + "<w:sectPr", 1
        )
    ),
    "damaged packing": lambda: damaged(file()),
    "packed for gigabytes of memory": lambda: edited(same, packing=zipfile.ZIP_LZMA),
    "broken XML": lambda: edited(lambda text: text[:-40]),
    "deep XML": lambda: edited(same, more={"word/deep.xml": b"<a>" * 100_000 + b"</a>" * 100_000}),
}


STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006": "http://purl.oclc.org/ooxml/officeDocument",
}


def test_a_file_in_the_strict_form_of_word_is_refused_with_the_reason():
    def strict(text):
        for usual, other in STRICT.items():
            text = text.replace(usual, other)
        return text

    with pytest.raises(RefusedFile, match="saved as “Strict Open XML”"):
        files.returned_changes(sent(), edited(strict))


def test_a_file_without_a_text_is_refused():
    with pytest.raises(RefusedFile, match="The file is damaged"):
        docx_reading.read(edited(lambda text: re.sub(r"<w:body>.*</w:body>", "", text, flags=re.S)))


def without_manifest(data):
    return edited(lambda text: re.sub(r">\{.*\}<", "><", text, flags=re.S), part="customXml/item1.xml", data=data)


def test_a_file_in_another_language_is_refused_by_its_name():
    shown = pair_document("sn-artp-bceao", "fr")
    other = pair_document("sn-artp-bceao", "en")
    data = docx.render(other)
    with pytest.raises(RefusedFile, match="is in English: send it back where the agreement is shown in English"):
        returned.changes(shown, data)
    plain = without_manifest(data)
    assert docx_reading.manifest(plain) is None
    with pytest.raises(RefusedFile, match="is in English"):
        returned.changes(shown, plain, [other])
    assert returned.changes(other, data, [shown]) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(name):
    data = HOSTILE[name]()
    with pytest.raises(RefusedFile, match=r"^The file|^This is no Word file"):
        docx_reading.read(data)


@pytest.mark.parametrize(
    "codes", [(" RE", "F _Ref_purpose \\r \\h "), (" PAGE ",), (' HYPERLINK \\l "_Ref_purpose" ',)]
)
def test_fields_of_an_ordinary_file_pass_even_in_pieces(codes):
    docx_gate.check(with_field(*codes))


def test_an_untouched_copy_has_no_change():
    assert returned.changes(sent(), file()) == []
    assert docx_reading.manifest(file())["content"] == sent().sha256


def test_edits_are_mapped_to_their_clauses():
    data = edited(lambda text: text.replace("Its objectives are to:", "Its four objectives are to:"))
    (change,) = returned.changes(sent(), data)
    assert (change.kind, change.key) == (Kind.CHANGED, "purpose-objectives")
    assert (change.before, change.after) == ("Its objectives are to:", "Its four objectives are to:")


def test_characters_that_turn_the_text_around_are_taken_out():
    data = edited(lambda text: text.replace("Its objectives are to:", "Its \u202eobjectives\u2066 will be to:"))
    (change,) = returned.changes(sent(), data)
    assert change.after == "Its objectives will be to:"


def test_renumbering_alone_is_no_change_and_dropped_clauses_are_recognised():
    answers, kept = pair_answers("ng-ncc-cbn"), kept_by_default(supplied())
    assert "working-groups" in kept
    whole = build(supplied(), answers, language="en", date=DATE, keep=kept)
    fewer = build(supplied(), answers, language="en", date=DATE, keep=kept - {"working-groups"})
    found = returned.changes(whole, docx.render(fewer))
    assert {change.kind for change in found} == {Kind.DROPPED}
    assert {change.key for change in found} >= {"working-groups"}
    assert all(change.key.startswith("working-group") for change in found)


def test_an_added_clause_is_recognised_after_the_clause_it_follows():
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Joint training</w:t></w:r></w:p>'
    text = '<w:p><w:pPr><w:pStyle w:val="MOUClause"/></w:pPr><w:r><w:t>They train together.</w:t></w:r></w:p>'

    def add(body):
        place = body.rindex("<w:p>", 0, body.index('w:name="_Ref_confidentiality"'))
        return body[:place] + heading + text + body[place:]

    (change,) = returned.changes(sent(), edited(add))
    assert change.kind is Kind.ADDED
    assert change.after == "Joint training\nThey train together."
    assert change.key.startswith("information")


def test_clauses_are_found_by_their_text_when_bookmarks_are_lost():
    data = edited(
        lambda text: re.sub(r"<w:bookmark(Start|End)[^>]*>", "", text).replace(
            "Its objectives are", "Its four objectives are"
        )
    )
    assert [change.key for change in returned.changes(sent(), data)] == ["purpose-objectives"]


def test_many_paragraphs_that_resemble_clauses_without_bookmarks_cost_no_more_than_a_second_or_two():
    lines = [row.text.split() for row in docx_reading.read(file()) if len(row.text.split()) > 40]
    texts = [escape(" ".join(lines[row % len(lines)][::-1])) for row in range(2_500)]
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    data = edited(
        lambda text: re.sub(r"(<w:body>).*(<w:sectPr)", lambda found: found[1] + body + found[2], text, flags=re.S)
    )
    before = time.process_time()
    with pytest.raises(RefusedFile, match="no clauses of this agreement"):
        returned.changes(sent(), data)
    assert time.process_time() - before < 5


def test_a_file_with_100000_characters_in_a_clause_comes_back():
    answers = Answers({}, {"en": {"telecom_regulator_mandate": "to see that services stay safe; " * 3_124 + "safe"}})
    shown = build(supplied(), answers, language="en", date=DATE)
    data = docx.render(shown)
    assert files.returned_changes(shown, data) == []
    data = edited(lambda text: text.replace("stay safe; to see", "stay sound; to see", 1), data=data)
    (change,) = files.returned_changes(shown, data)
    assert len(change.after) == len(change.before) + 1 > 100_000


@pytest.mark.parametrize("name", ["text", "DDE", "deep XML"])
def test_a_process_of_its_own_refuses_in_the_words_of_the_reader(name):
    with pytest.raises(RefusedFile) as refusal:
        files.returned_changes(sent(), HOSTILE[name]())
    english = str(refusal.value)
    with translation.override("fr"):
        assert str(refusal.value) not in ("", english)
        assert "%(" not in str(refusal.value)


def test_a_file_that_stops_its_process_is_refused_in_one_sentence():
    with pytest.raises(RefusedFile, match="takes longer to read than any document"):
        read_apart(os._exit, 1)


def test_what_is_written_at_the_beginning_of_a_clause_is_added_before_it():
    """Inside its bookmark, as word processors do it; a new clause with a heading, and a line before a part."""
    bookmark = re.compile(
        r'(<w:p>(?:(?!</w:p>).)*?<w:bookmarkStart[^>]*w:name="(_Ref_disputes|_Ref_objective_prevent)"/>)'
    )

    def typed(text):
        for found in list(bookmark.finditer(text))[::-1]:
            properties = re.search(r"<w:pPr>.*?</w:pPr>", found[1])[0]
            number = re.search(r'w:id="(\d+)"', found[1][found[1].index("bookmarkStart") :])[1]
            end = f'<w:bookmarkEnd w:id="{number}"/>'
            more = ["Joint training"] if "disputes" in found[2] else ["assess what is new;"]
            added = "".join(f"<w:r><w:t>{line}</w:t></w:r>" for line in more)
            rest = text[found.end() :].replace(end, "", 1)
            text = text[: found.end()] + added + end + "</w:p><w:p>" + properties + rest
        return text

    found = returned.changes(sent(), edited(typed))
    assert [(change.kind, change.after) for change in found] == [
        (Kind.ADDED, "assess what is new;"),
        (Kind.ADDED, "Joint training"),
    ]


def test_fields_that_ask_for_a_text_are_let_in():
    """As which LibreOffice writes the headings of an OpenDocument file."""
    assert docx_reading.read(with_field(' FILLIN "" '))


def rearranged(change):
    word = open_word(io.BytesIO(file()))
    change(word.element.body)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def forget_bookmarks(body):
    move_costs(body)
    for mark in list(body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)


def move_costs_tracked(body):
    """As Word does it: the words stand there twice, and the bookmark stays behind."""
    old = clause_in(body, "_Ref_costs")
    new = copy.deepcopy(old)
    for row in new:
        clause_in(body, "_Ref_purpose")[0].addprevious(row)
        for mark in list(row.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
    for rows, kind in ((old, "moveFrom"), (new, "moveTo")):
        for paragraph in rows:
            paragraph.find(qn("w:pPr")).append(element("rPr", element(kind, id=1, author="A")))
            for run in paragraph.findall(qn("w:r")):
                wrapper = element(kind, id=2, author="A")
                run.addprevious(wrapper)
                wrapper.append(run)


@pytest.mark.parametrize("change", [move_costs, forget_bookmarks, move_costs_tracked])
def test_a_clause_that_was_moved_is_told_with_both_its_places(change):
    (found,) = returned.changes(sent(), rearranged(change))
    assert (found.kind, found.key, found.after) == (Kind.MOVED, "costs", "Definitions and interpretation")


def test_another_document_is_no_copy_that_leaves_everything_out():
    buffer = io.BytesIO()
    other = open_word()
    for line in ("Costs", "Minutes of a meeting", "Everybody agreed."):
        other.add_paragraph(line)
    other.save(buffer)
    with pytest.raises(RefusedFile, match="no clauses of this agreement"):
        returned.changes(sent(), buffer.getvalue())


def test_a_program_with_a_document_behind_it_is_no_word_file():
    with pytest.raises(RefusedFile, match="no Word file"):
        returned.changes(sent(), b"MZ" + bytes(500) + file())
