"""The termbase as CSV and as TBX (ISO 30042, TBX-Basic in the DCA style), in the editions of 2019 and of 2008."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Names:
    """What one edition of the standard calls the parts of a file."""

    root: str
    header: str
    concept: str
    language: str
    term: str
    attributes: Mapping[str, str]
    namespace: str = ""

    def add(self, parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{self.namespace}}}{name}" if self.namespace else name, attributes)
        element.text = xml_text(text) or None
        return element


TBX_2019 = Names("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec", {"type": "TBX-Basic", "style": "dca"}, TBX)
TBX_2008 = Names("martif", "martifHeader", "termEntry", "langSet", "tig", {"type": "TBX-Basic"})
EDITIONS = {"2019": TBX_2019, "2008": TBX_2008}


def write_tbx(language: str, names: Names = TBX_2019) -> bytes:
    space = names.namespace
    root = etree.Element(
        f"{{{space}}}{names.root}" if space else names.root,
        {**names.attributes, LANG: language},
        nsmap={None: space} if space else None,
    )
    header = names.add(root, names.header)
    names.add(names.add(names.add(header, "fileDesc"), "sourceDesc"), "p", "Termbase")
    if not space:  # that edition names its set of categories in the header, not on the root
        names.add(names.add(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    body = names.add(names.add(root, "text"), "body")
    for concept in concepts():
        add_concept(body, concept, names, language)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def add_concept(body: etree._Element, concept: Concept, names: Names, first: str) -> None:
    """`first`: the language of the source, which bilingual tools take from the first section."""
    entry = names.add(body, names.concept, id=f"c-{concept.key}")
    if concept.definition:
        names.add(entry, "descrip", concept.definition, type="definition")
    terms = list(concept.terms.all())
    for language in sorted({term.language for term in terms}, key=lambda code: (code != first, code)):
        section = names.add(entry, names.language)
        section.set(LANG, language)
        for term in (term for term in terms if term.language == language):
            add_term(names.add(section, names.term), term, names)


def add_term(part: etree._Element, term: Term, names: Names) -> None:
    names.add(part, "term", term.text)
    names.add(part, "termNote", STATUS[Term.Status(term.status)], type="administrativeStatus")
    if term.source:
        names.add(part, "admin", term.source, type="source")
    if term.note:
        names.add(part, "note", term.note)
