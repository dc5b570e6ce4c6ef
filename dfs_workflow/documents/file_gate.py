"""Refuses a hostile or unsuitable Office file before any parser of documents sees it.

Nothing is unpacked but what the limits allow; a part that is XML may have no document type; only web links may lead
out of it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable

from django.utils.translation import gettext
from lxml import etree

MOST_FILES = 300
LARGEST_UPLOAD = 10 * 1024**2
LARGEST_UNPACKED = 40 * 1024**2
HIGHEST_RATIO = 200  # of parts above a megabyte
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes of memory
ACTIVE = re.compile(
    r"vbaProject|activeX|embeddings/|oleObject|afchunk|externalLinks/|connections\.xml$|queryTables/"
    r"|\.(bin|exe|dll|js|vbs|bat|ps1|html?|mht)$",
    re.I,
)
# What Excel keeps about printers; it is never read.
PRINTER = re.compile(r"^xl/printerSettings/printerSettings\d+\.bin$")
LINK = re.compile(r"(https?:|mailto:)", re.I)
DECLARES = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T|E\0?N\0?T)")  # also in UTF-16
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def marked(message: str) -> str:
    """Marks a sentence for translation, imported as `_`: processes that read files have none of Django's settings."""
    return message


_ = marked


class RefusedFile(ValueError):
    """A file that is not let in: one sentence that says why and what to do, translated where it is read."""

    def __init__(self, message: str, **values: str) -> None:
        self.message, self.values = message, values
        super().__init__(message)

    def __str__(self) -> str:
        return gettext(self.message) % self.values if self.values else gettext(self.message)


def check(data: bytes, *, main: str, kind: str, part: Callable[[etree._Element], None]) -> zipfile.ZipFile:
    """The package, when nothing in it is dangerous. `main`: the part without which it isn't of this kind."""
    if len(data) > LARGEST_UPLOAD:
        raise RefusedFile(_("The file is larger than 10 megabytes: remove pictures and try again."))
    if not data.startswith(b"PK"):  # a package behind a program is one too, but no word processor writes that
        raise RefusedFile(kind)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        _sizes(package)
        for name in package.namelist():
            _part(package, name, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise RefusedFile(kind) from error
    if main not in package.namelist():
        raise RefusedFile(kind)
    return package


def _sizes(package: zipfile.ZipFile) -> None:
    rows = package.infolist()
    too_many = len(rows) > MOST_FILES or len({row.filename for row in rows}) != len(rows)
    if too_many or sum(row.file_size for row in rows) > LARGEST_UNPACKED:
        raise RefusedFile(_("The file unpacks to more than a document has: save it anew from your word processor."))
    for row in rows:
        if row.compress_type not in PACKED:
            raise NotImplementedError(row.compress_type)
        if row.file_size > 1024**2 and row.file_size / max(row.compress_size, 1) > HIGHEST_RATIO:
            raise RefusedFile(_("The file unpacks to more than a document has: save it anew from your word processor."))
        if row.filename.startswith(("/", "\\")) or ".." in row.filename.split("/") or "\\" in row.filename:
            raise RefusedFile(_("The file has a part with a forbidden name: save it anew from your word processor."))
        if ACTIVE.search(row.filename) and not PRINTER.match(row.filename):
            raise RefusedFile(_("The file has macros or embedded objects: remove them, save it anew and try again."))


def _part(package: zipfile.ZipFile, name: str, part: Callable[[etree._Element], None]) -> None:
    data = package.read(name)  # zipfile stops at the size that was checked
    is_xml = name.endswith((".xml", ".rels"))
    if DECLARES.search(data) or (is_xml and not _is_plain(data)):
        raise RefusedFile(_("The file declares entities, which no word processor does: save it anew."))
    if not is_xml:
        return
    try:
        root = etree.fromstring(data, etree.XMLParser(**PARSER))
    except etree.XMLSyntaxError as error:
        raise RefusedFile(_("The file is damaged: open it in your word processor and save it anew.")) from error
    if name.endswith(".rels"):
        _relations(root)
    else:
        part(root)


def _is_plain(data: bytes) -> bool:
    """UTF-16 would hide a document type from the search above."""
    return not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in data[:200]


def _relations(root: etree._Element) -> None:
    for relation in root.iter("{*}Relationship"):
        if relation.get("TargetMode") != "External":
            continue
        is_link = str(relation.get("Type")).endswith("/hyperlink")
        if not is_link or not LINK.match(str(relation.get("Target"))):
            raise RefusedFile(_("The file fetches something from elsewhere: break its links, save and try again."))
