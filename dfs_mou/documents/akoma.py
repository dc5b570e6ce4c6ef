"""Writes a document as Akoma Ntoso 3.0, the XML of legislatures and law publishers."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from lxml import etree

from dfs_mou.documents.document import (
    Block,
    BulletList,
    Clause,
    Document,
    Paragraph,
    Span,
    Spans,
    Table,
)

CONTENT_TYPE = "application/akn+xml"
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
ELEMENTS = {1: "clause", 2: "subclause", 3: "point"}
# Languages as the standard writes them, three letters.
THREE_LETTERS = {"en": "eng", "fr": "fra", "es": "spa", "ar": "ara", "ru": "rus", "zh-hans": "zho"}


def render(document: Document) -> bytes:
    root = etree.Element(_tag("akomaNtoso"), nsmap={None: NAMESPACE})
    main = _element(root, "doc", name="agreement")
    _meta(main, document, "")
    _preface(main, document)
    body = _element(main, "mainBody")
    for top in document.clauses:
        _hierarchy(body, top)
    if document.annexes:
        attachments = _element(main, "attachments")
        for annex in document.annexes:
            _annex(attachments, document, annex)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _element(parent: Any, name: str, text: str = "", /, **attributes: str) -> Any:
    made = etree.SubElement(parent, _tag(name))
    for key, value in attributes.items():
        made.set(key, value)
    made.text = text or None
    return made


def identity(key: str) -> str:
    """`eId` of a clause; the standard wants no bare hyphens at the start, and keys begin with a letter."""
    return f"cl_{key}"


def _meta(parent: Any, document: Document, component: str) -> None:
    work = f"/akn/un/doc/agreement/{document.date}/{_number_of_work(document)}"
    language = THREE_LETTERS.get(document.language, document.language[:3])
    inside = f"/!{component}" if component else "/!main"
    maker = f"{component}_maker" if component else "maker"  # identities are unique in the whole file
    expression = f"{work}/{language}@{document.date}"
    identification = _element(_element(parent, "meta"), "identification", source=f"#{maker}")
    levels = (("FRBRWork", work), ("FRBRExpression", expression), ("FRBRManifestation", f"{expression}.xml"))
    for level, address in levels:
        made = _element(identification, level)
        _element(made, "FRBRthis", value=f"{address.removesuffix('.xml')}{inside}{'.xml' if '.xml' in address else ''}")
        _element(made, "FRBRuri", value=address)
        _element(made, "FRBRdate", date=document.date, name="generated")
        _element(made, "FRBRauthor", href=f"#{maker}")
        if level == "FRBRWork":
            _element(made, "FRBRcountry", value="un")
        if level == "FRBRExpression":
            _element(made, "FRBRlanguage", language=language)
    references = _element(identification.getparent(), "references", source=f"#{maker}")
    _element(references, "TLCOrganization", eId=maker, href="/ontology/organization/maker", showAs="MOU")


def _number_of_work(document: Document) -> str:
    """A work is the same in all of its languages: what it was made from, and not the text in one of them."""
    made_from = [document.edition_sha256, document.source]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def _preface(parent: Any, document: Document) -> None:
    preface = _element(parent, "preface")
    if document.is_draft:
        _element(_element(preface, "p"), "docStatus", document.labels.draft)
    title = document.cover.title if document.cover else document.title
    _element(_element(preface, "p"), "docTitle", title)
    for block in document.cover.blocks if document.cover else ():
        _block(preface, block)
    for text in (document.labels.notice, document.footer):
        _element(preface, "p", text)


def _annex(parent: Any, document: Document, annex: Clause) -> None:
    inside = _element(_element(parent, "attachment", eId=f"att_{annex.key}"), "doc", name="annex")
    _meta(inside, document, f"att_{annex.key}")
    _hierarchy(_element(inside, "mainBody"), annex)


def _hierarchy(parent: Any, clause: Clause) -> None:
    made = _element(parent, ELEMENTS.get(clause.level, "point"), eId=identity(clause.key))
    if clause.label:
        _element(made, "num", clause.label)
    if clause.title:
        _element(made, "heading", clause.title)
    if clause.clauses:
        if clause.blocks:
            _blocks(_element(made, "intro"), clause.blocks)
        for part in clause.clauses:
            _hierarchy(made, part)
    else:
        _blocks(_element(made, "content"), clause.blocks)


def _blocks(parent: Any, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        _block(parent, block)
    if not blocks:
        _element(parent, "p")


def _block(parent: Any, block: Block) -> None:
    if isinstance(block, Paragraph):
        _spans(_element(parent, "p"), block.spans)
    elif isinstance(block, BulletList):
        made = _element(parent, "ul")
        for item in block.items:
            _spans(_element(_element(made, "li"), "p"), item)
    elif isinstance(block, Table):
        _table(parent, block)
    else:
        _element(_element(parent, "p"), "signature").append(_fill_in(block.label))


def _fill_in(hint: str) -> Any:
    made = etree.Element(_tag("fillIn"))
    made.set("width", "6cm")
    made.set("title", hint)
    return made


def _table(parent: Any, table: Table) -> None:
    made = _element(parent, "table")
    _element(made, "caption", table.caption)
    head = _element(made, "tr")
    for text in table.header:
        _element(_element(head, "th"), "p", text)
    for row in table.rows:
        line = _element(made, "tr")
        for cell in row:
            _spans(_element(_element(line, "td"), "p"), cell)


def _spans(parent: Any, spans: Spans) -> None:
    for span in spans:
        _span(parent, span)


def _span(parent: Any, span: Span) -> None:
    if span.kind == "break":
        _element(parent, "eol")
    elif span.kind == "reference":
        _element(parent, "ref", span.text, href=f"#{identity(span.key)}")
    elif span.kind == "blank":
        parent.append(_fill_in(span.hint))
    elif span.bold:
        _element(parent, "b", span.text)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + span.text
    else:
        parent.text = (parent.text or "") + span.text
