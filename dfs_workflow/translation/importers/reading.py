"""Reads PO, XLIFF 1.x and XLIFF 2.x, our own or another tool's."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import polib
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from lxml import etree

from dfs_workflow.translation.query.states import State
from dfs_workflow.translation.query.units import LARGEST, Unit

UNTOUCHED = {"new", "needs-translation", "initial"}  # states of a text that nobody has translated


class FileError(ValueError):
    """The file can't be read; says why, for people."""


def read_units(content: bytes, language: str) -> list[Unit]:
    """`language`: into which it is to be; a file that names another one is refused, one that names none is believed."""
    if len(content) > LARGEST:
        raise FileError(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
    return list(read_xliff(content, language) if is_xml(content) else read_po(content, language))


def is_xml(content: bytes) -> bool:
    """Also in UTF-16, which tools on Windows write, with its mark at the front or without."""
    return content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def code_of(language: str) -> str:
    """As this site writes it: other tools say fr-FR, zh_CN and zh-CN."""
    code = language.strip().lower().replace("_", "-")
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return code


def require_language(stated: str | None, language: str) -> None:
    if stated and code_of(stated) != language:
        raise FileError(
            _("The file is in another language: it says %(stated)s, not %(language)s.")
            % {"stated": stated[:20], "language": language}
        )


def po_file(content: bytes) -> polib.POFile:
    """What is only a name of a file would be opened by polib; behind an empty line it is not one."""
    try:
        return polib.pofile("\n" + content.decode("utf-8-sig"))
    except (OSError, ValueError, IndexError) as problem:
        raise FileError(_("This is not a PO file in UTF-8.")) from problem


def read_po(content: bytes, language: str) -> Iterator[Unit]:
    file = po_file(content)
    require_language(file.metadata.get("Language"), language)
    for entry in file:
        if not entry.obsolete:
            yield Unit(entry.msgctxt or "", entry.msgid, entry.msgstr, state_of(entry), note=entry.tcomment)


def state_of(entry: polib.POEntry) -> State:
    """What is doubtful counts as a machine's, but for words of which this site said that a person wrote them."""
    by_person = {f"state: {state}" for state in (State.DRAFT, State.REVIEWED)} & set(entry.comment.split("\n"))
    return State.MACHINE if "fuzzy" in entry.flags and not by_person else State.DRAFT


def read_xliff(content: bytes, language: str) -> Iterator[Unit]:
    """No entity is expanded and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise FileError(_("This is not a readable XLIFF file: %(problem)s") % {"problem": problem}) from problem
    if etree.QName(root).localname != "xliff":
        raise FileError(_("This is not an XLIFF file."))
    for stated in (root.get("trgLang"), *(file.get("target-language") for file in root.iter("{*}file"))):
        require_language(stated, language)
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
            note = notes_of(element.iterfind("{*}note"), "from")
            said = target.get("state", "") if target is not None else ""
            text = without_copy(text_of(source), text_of(target), {said})
            yield Unit(element.get("resname", ""), text_of(source), text, state, note=note)


def units_2(root: etree._Element) -> Iterator[Unit]:
    """Segments of a unit that another tool split are one text again, with what stands between them."""
    for element in root.iter("{*}unit"):
        parts = list(element.iterchildren("{*}segment", "{*}ignorable"))
        source = "".join(text_of(part.find("{*}source")) for part in parts)
        target = without_copy(source, joined(parts), {part.get("state", "") for part in parts})
        is_machine = any(part.get("subState") == "dfs:machine" for part in parts)
        state = State.MACHINE if is_machine else State.DRAFT
        note = notes_of(element.iterfind(".//{*}notes/{*}note"), "category")
        yield Unit(element.get("name", ""), source, target, state, note=note)


def without_copy(source: str, target: str, states: Collection[str]) -> str:
    """Many tools put the source where its translation is still to come."""
    return "" if target == source and UNTOUCHED & set(states) else target


def notes_of(notes: Iterable[etree._Element], who: str) -> str:
    """Those of a translator; the others went out from here."""
    return "\n".join(text_of(note) for note in notes if note.get(who) == "translator")


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
