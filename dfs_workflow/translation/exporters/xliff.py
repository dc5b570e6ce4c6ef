"""XLIFF 1.2 and 2.1. Markup stands in the texts as text; the checks see that it comes back whole."""

from collections.abc import Iterable

from lxml import etree

from dfs_workflow.translation.exporters.xml_text import xml_text
from dfs_workflow.translation.query.states import State
from dfs_workflow.translation.query.units import Unit

XLIFF_1 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_2 = "urn:oasis:names:tc:xliff:document:2.0"  # also that of 2.1
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES_1 = {
    State.UNTRANSLATED: "needs-translation",
    State.OUTDATED: "needs-translation",
    State.MACHINE: "needs-review-translation",
    State.DRAFT: "translated",
    State.REVIEWED: "final",
}
STATES_2 = {
    State.UNTRANSLATED: "initial",
    State.OUTDATED: "initial",
    State.MACHINE: "translated",
    State.DRAFT: "translated",
    State.REVIEWED: "final",
}


def write_xliff_1(units: Iterable[Unit], source_language: str, language: str) -> bytes:
    root = etree.Element(f"{{{XLIFF_1}}}xliff", {"version": "1.2"}, nsmap={None: XLIFF_1})
    attributes = {"source-language": source_language, "target-language": language, "datatype": "html"}
    file = etree.SubElement(root, f"{{{XLIFF_1}}}file", {"original": "site", **attributes})
    body = etree.SubElement(file, f"{{{XLIFF_1}}}body")
    for number, unit in enumerate(units, 1):
        approved = "yes" if unit.state == State.REVIEWED else "no"
        attributes = {"id": str(number), "resname": unit.key, "approved": approved, SPACE: "preserve"}
        element = etree.SubElement(body, f"{{{XLIFF_1}}}trans-unit", attributes)
        etree.SubElement(element, f"{{{XLIFF_1}}}source").text = xml_text(unit.source)
        target = etree.SubElement(element, f"{{{XLIFF_1}}}target", {"state": STATES_1[State(unit.state)]})
        if unit.state == State.MACHINE:
            target.set("state-qualifier", "mt-suggestion")
        target.text = xml_text(unit.target)
        etree.SubElement(element, f"{{{XLIFF_1}}}note").text = note(unit)
    return serialized(root)


def write_xliff_2(units: Iterable[Unit], source_language: str, language: str) -> bytes:
    attributes = {"version": "2.1", "srcLang": source_language, "trgLang": language}
    root = etree.Element(f"{{{XLIFF_2}}}xliff", attributes, nsmap={None: XLIFF_2})
    file = etree.SubElement(root, f"{{{XLIFF_2}}}file", {"id": "site"})
    for number, unit in enumerate(units, 1):
        element = etree.SubElement(file, f"{{{XLIFF_2}}}unit", {"id": f"u{number}", "name": unit.key})
        notes = etree.SubElement(element, f"{{{XLIFF_2}}}notes")
        etree.SubElement(notes, f"{{{XLIFF_2}}}note").text = note(unit)
        attributes = {"state": STATES_2[State(unit.state)]}
        if unit.state == State.MACHINE:
            attributes["subState"] = "dfs:machine"
        segment = etree.SubElement(element, f"{{{XLIFF_2}}}segment", attributes)
        etree.SubElement(segment, f"{{{XLIFF_2}}}source", {SPACE: "preserve"}).text = xml_text(unit.source)
        if unit.target:
            etree.SubElement(segment, f"{{{XLIFF_2}}}target", {SPACE: "preserve"}).text = xml_text(unit.target)
    return serialized(root)


def note(unit: Unit) -> str:
    return xml_text(". ".join(filter(None, [unit.title, f"state: {unit.state}", unit.note])))


def serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
