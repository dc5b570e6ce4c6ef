"""Reads PO, XLIFF 1.x and XLIFF 2.x, our own or another tool's."""

from collections.abc import Iterator, Sequence

import polib
from django.utils.translation import gettext as _
from lxml import etree

from dfs_workflow.translation.query.states import State
from dfs_workflow.translation.query.units import LARGEST, Unit


class FileError(ValueError):
    """The file can't be read; says why, for people."""


def read_units(content: bytes) -> list[Unit]:
    if len(content) > LARGEST:
        raise FileError(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
    is_xml = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return list(read_xliff(content) if is_xml else read_po(content))


def po_file(content: bytes) -> polib.POFile:
    """What is only a name of a file would be opened by polib; behind an empty line it is not one."""
    try:
        return polib.pofile("\n" + content.decode("utf-8-sig"))
    except (OSError, ValueError, IndexError) as problem:
        raise FileError(_("This is not a PO file in UTF-8.")) from problem


def read_po(content: bytes) -> Iterator[Unit]:
    for entry in po_file(content):
        if not entry.obsolete:
            state = State.MACHINE if "fuzzy" in entry.flags else State.DRAFT
            yield Unit(entry.msgctxt or "", entry.msgid, entry.msgstr, state)


def read_xliff(content: bytes) -> Iterator[Unit]:
    """No entity is expanded and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise FileError(_("This is not a readable XLIFF file: %(problem)s") % {"problem": problem}) from problem
    if etree.QName(root).localname != "xliff":
        raise FileError(_("This is not an XLIFF file."))
    if root.get("version", "").startswith("2"):
        yield from units_2(root)
    else:
        yield from units_1(root)


def units_1(root: etree._Element) -> Iterator[Unit]:
    for element in root.iter("{*}trans-unit"):
        source, target = element.find("{*}source"), element.find("{*}target")
        if source is not None and "header" not in element.get("restype", ""):
            is_machine = target is not None and "mt-suggestion" in target.get("state-qualifier", "")
            state = State.MACHINE if is_machine else State.DRAFT
            yield Unit(element.get("resname", ""), text_of(source), text_of(target), state)


def units_2(root: etree._Element) -> Iterator[Unit]:
    """Segments of a unit that another tool split are one text again, with what stands between them."""
    for element in root.iter("{*}unit"):
        parts = list(element.iterchildren("{*}segment", "{*}ignorable"))
        source = "".join(text_of(part.find("{*}source")) for part in parts)
        target = joined(parts)
        is_machine = any(part.get("subState") == "dfs:machine" for part in parts)
        yield Unit(element.get("name", ""), source, target, State.MACHINE if is_machine else State.DRAFT)


def joined(parts: Sequence[etree._Element]) -> str:
    """Nothing while a segment has no translation: half of a text isn't one."""
    texts = []
    for part in parts:
        text = text_of(part.find("{*}target"))
        if not text and etree.QName(part).localname == "ignorable":
            text = text_of(part.find("{*}source"))
        elif not text:
            return ""
        texts.append(text)
    return "".join(texts)


def text_of(element: etree._Element | None) -> str:
    return "".join(element.itertext()) if element is not None else ""
