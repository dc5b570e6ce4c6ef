"""Refuses a hostile or unsuitable Word file before any parser of documents sees it.

Nothing is unpacked but what the limits allow; a part that is XML may have no document type; only our own kinds of
fields and web links may be in it.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

MOST_FILES = 300
LARGEST_UPLOAD = 10 * 1024**2
LARGEST_UNPACKED = 40 * 1024**2
HIGHEST_RATIO = 200  # of parts above a megabyte
ACTIVE = re.compile(r"vbaProject|activeX|embeddings/|oleObject|afchunk|\.(bin|exe|dll|js|vbs|bat|ps1|html?|mht)$", re.I)
LINK = re.compile(r"(https?:|mailto:)", re.I)
FIELDS = {
    "REF",
    "PAGEREF",
    "PAGE",
    "NUMPAGES",
    "TOC",
    "SEQ",
    "STYLEREF",
    "NUMWORDS",
    "DATE",
    "TIME",
    "HYPERLINK",
    "LISTNUM",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class RefusedFile(ValueError):
    """A file that is not let in: one sentence that says why and what to do."""


def check(data: bytes) -> zipfile.ZipFile:
    """The package, when nothing in it is dangerous."""
    if len(data) > LARGEST_UPLOAD:
        raise RefusedFile("The file is larger than 10 megabytes: remove pictures and try again.")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        _sizes(package)
        for name in package.namelist():
            _part(package, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise RefusedFile("This is no Word file: save the document as .docx and try again.") from error
    if "word/document.xml" not in package.namelist():
        raise RefusedFile("This is no Word file: save the document as .docx and try again.")
    return package


def _sizes(package: zipfile.ZipFile) -> None:
    rows = package.infolist()
    too_many = len(rows) > MOST_FILES or len({row.filename for row in rows}) != len(rows)
    if too_many or sum(row.file_size for row in rows) > LARGEST_UNPACKED:
        raise RefusedFile("The file unpacks to more than a document has: save it anew from your word processor.")
    for row in rows:
        if row.file_size > 1024**2 and row.file_size / max(row.compress_size, 1) > HIGHEST_RATIO:
            raise RefusedFile("The file unpacks to more than a document has: save it anew from your word processor.")
        if row.filename.startswith(("/", "\\")) or ".." in row.filename.split("/") or "\\" in row.filename:
            raise RefusedFile("The file has a part with a forbidden name: save it anew from your word processor.")
        if ACTIVE.search(row.filename):
            raise RefusedFile("The file has macros or embedded objects: remove them, save as .docx and try again.")


def _part(package: zipfile.ZipFile, name: str) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    data = package.read(name)  # zipfile stops at the size that was checked
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or not _is_plain(data):
        raise RefusedFile("The file declares entities, which no word processor does: save it anew.")
    try:
        root = etree.fromstring(data, etree.XMLParser(**PARSER))
    except etree.XMLSyntaxError as error:
        raise RefusedFile("The file is damaged: open it in your word processor and save it anew.") from error
    if name.endswith(".rels"):
        _relations(root)
    else:
        _fields(root)


def _is_plain(data: bytes) -> bool:
    """UTF-16 would hide a document type from the search above."""
    return not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in data[:200]


def _relations(root: etree._Element) -> None:
    for relation in root.iter("{*}Relationship"):
        if relation.get("TargetMode") != "External":
            continue
        is_link = str(relation.get("Type")).endswith("/hyperlink")
        if not is_link or not LINK.match(str(relation.get("Target"))):
            raise RefusedFile("The file fetches something from elsewhere: break its links, save and try again.")


def _fields(root: etree._Element) -> None:
    """A code may be cut over several runs, so the runs of a field are joined before it is judged."""
    code: list[str] | None = None
    for node in root.iter():
        if node.tag == f"{W}fldSimple":
            _judge(str(node.get(f"{W}instr")))
        elif node.tag == f"{W}fldChar":
            if code is not None:
                _judge("".join(code))
            code = [] if node.get(f"{W}fldCharType") == "begin" else None
        elif node.tag in (f"{W}instrText", f"{W}delInstrText"):
            if code is None:
                raise RefusedFile("The file has a field that can't be read: save it anew from your word processor.")
            code.append(node.text or "")


def _judge(code: str) -> None:
    words = code.split()
    if words and words[0].upper() not in FIELDS:
        kind = re.sub(r"[^A-Za-z]", "", words[0])[:20]
        raise RefusedFile(f"The file has a field “{kind}”, which can run or fetch something: remove it and try again.")
