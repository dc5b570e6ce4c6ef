"""The termbase as CSV and as TBX (ISO 30042, TBX-Basic in the DCA style)."""

import csv
import io
from collections.abc import Iterable

from lxml import etree

from dfs_workflow.translation.exporters.xml_text import xml_text
from dfs_workflow.translation.models import Concept, Term

TBX = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FORMULA = "=+-@\t"  # how a cell begins that a spreadsheet would compute
COLUMNS = ("concept", "definition", "language", "term", "status", "source", "note")
STATUS = {
    Term.Status.APPROVED: "preferredTerm-admn-sts",
    Term.Status.ADMITTED: "admittedTerm-admn-sts",
    Term.Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}


def concepts() -> Iterable[Concept]:
    return Concept.objects.prefetch_related("terms").order_by("key")


def write_csv() -> bytes:
    """A cell that a spreadsheet would take for a formula is written as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for concept in concepts():
        for term in concept.terms.all():
            row = (concept.key, concept.definition, term.language, term.text, term.status, term.source, term.note)
            writer.writerow([f"'{cell}" if cell and cell[0] in FORMULA else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def write_tbx(language: str) -> bytes:
    attributes = {"type": "TBX-Basic", "style": "dca", LANG: language}
    root = etree.Element(f"{{{TBX}}}tbx", attributes, nsmap={None: TBX})
    header = etree.SubElement(etree.SubElement(root, f"{{{TBX}}}tbxHeader"), f"{{{TBX}}}fileDesc")
    source = etree.SubElement(etree.SubElement(header, f"{{{TBX}}}sourceDesc"), f"{{{TBX}}}p")
    source.text = "Termbase"
    body = etree.SubElement(etree.SubElement(root, f"{{{TBX}}}text"), f"{{{TBX}}}body")
    for concept in concepts():
        add_concept(body, concept)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def add_concept(body: etree._Element, concept: Concept) -> None:
    entry = etree.SubElement(body, f"{{{TBX}}}conceptEntry", {"id": f"c-{concept.key}"})
    if concept.definition:
        etree.SubElement(entry, f"{{{TBX}}}descrip", {"type": "definition"}).text = xml_text(concept.definition)
    terms = list(concept.terms.all())
    for language in sorted({term.language for term in terms}):
        section = etree.SubElement(entry, f"{{{TBX}}}langSec", {LANG: language})
        for term in (term for term in terms if term.language == language):
            part = etree.SubElement(section, f"{{{TBX}}}termSec")
            etree.SubElement(part, f"{{{TBX}}}term").text = xml_text(term.text)
            status = STATUS[Term.Status(term.status)]
            etree.SubElement(part, f"{{{TBX}}}termNote", {"type": "administrativeStatus"}).text = status
            if term.source:
                etree.SubElement(part, f"{{{TBX}}}admin", {"type": "source"}).text = xml_text(term.source)
            if term.note:
                etree.SubElement(part, f"{{{TBX}}}note").text = xml_text(term.note)
