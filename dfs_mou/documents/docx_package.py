"""The file around a Word document: properties and a manifest of its clauses."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from dfs_mou.documents.document import Clause, Document

NAMESPACE = "urn:dfs-mou:document:1"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
STORE_ITEM = "{4D4F5500-0001-4000-8000-000000000001}"


def set_properties(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.title = document.title[:250]
    properties.subject = document.template_title[:250]
    properties.author = properties.last_modified_by = ""
    properties.keywords = f"{document.template} {document.version}"
    properties.comments = f"{document.labels.notice}. sha256:{document.sha256}"
    properties.language = document.labels.tag
    properties.created = properties.modified = datetime.datetime.fromisoformat(document.date)
    properties.revision = 1


def add_manifest(word: Any, document: Document) -> None:
    """Which template, version and clauses the file was made from: survives editing, so a copy that comes back
    can be compared with the text it started from."""
    manifest = {
        "template": document.template,
        "version": document.version,
        "edition": document.edition_sha256,
        "language": document.language,
        "date": document.date,
        "content": document.sha256,
        "clauses": {top.key: _hash(top) for top in document.tops},
    }
    text = escape(json.dumps(manifest, ensure_ascii=False, sort_keys=True))
    blob = f'<?xml version="1.0" encoding="UTF-8"?><mou xmlns="{NAMESPACE}">{text}</mou>'.encode()
    package = word.part.package
    part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", blob, package)
    store = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        f'<ds:datastoreItem ds:itemID="{STORE_ITEM}" xmlns:ds="{OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    properties = Part(
        PackURI(str(part.partname).replace("item", "itemProps")),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        store.encode(),
        package,
    )
    part.relate_to(properties, f"{OFFICE}/relationships/customXmlProps")
    word.part.relate_to(part, f"{OFFICE}/relationships/customXml")


def _hash(clause: Clause) -> str:
    text = json.dumps(clause.to_json(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
