"""Refuses a file that is no plain PDF, before it is kept: nothing in it may run, start or send anything.

Every object that the file lists is read, also inside compressed object streams; what can't be read is refused. Names
are looked for in all bytes too, as other readers may find what the file doesn't list.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from dfs_workflow.documents.docx_gate import RefusedFile
from dfs_workflow.documents.file_gate import marked as _

LARGEST_COPY = 10 * 1024**2
LARGEST_UNPACKED = 40 * 1024**2
ACTIVE = {
    *("JavaScript", "JS", "Launch", "RichMedia", "XFA", "SubmitForm", "ImportData", "GoToE", "GoToR"),
    *("Rendition", "Movie", "Sound", "3D"),
}
LONG = sorted(name for name in ACTIVE if len(name) > 4)  # of shorter ones a scanned picture has some by chance
ANYWHERE = re.compile(rb"/(%s)(?![A-Za-z0-9])" % "|".join(LONG).encode())
EMBEDDED, PACKED = (re.compile(rb"/%s(?![A-Za-z0-9])" % name) for name in (b"EmbeddedFile", b"ObjStm"))
NUMBERS = re.compile(rb"\s*\d+\s+\d+\s")  # with which an object stream begins
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
DATA = "/application/json"
# What the library raises for files that it can't read.
BROKEN = (
    *(PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError),
    *(AssertionError, OSError, zlib.error),
)


def check(data: bytes) -> None:
    if len(data) > LARGEST_COPY:
        raise RefusedFile(_("The file is larger than 10 megabytes: scan it in a lower resolution and try again."))
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise RefusedFile(_("This is no PDF: scan or export the signed document as a PDF and try again."))
    named = _plain(data)
    if re.search(rb"/Encrypt(?![A-Za-z0-9])", named):
        raise RefusedFile(_("The PDF is encrypted: take off its password and try again."))
    try:
        objects = list(_objects(PdfReader(io.BytesIO(data))))
        packed = _object_streams(objects)
        files = [file for one in objects for file in _files(one)]
        is_data = all(map(_is_data, files))
    except RefusedFile:
        raise
    except BROKEN as error:
        raise _unreadable() from error
    # Also one that is named and not listed.
    if len(PACKED.findall(named)) > len(packed):
        raise _unreadable()
    everything = [named, *map(_plain, packed)]
    hidden = sum(len(EMBEDDED.findall(part)) for part in everything) > len({id(file) for file in files})
    if not is_data or hidden or any(map(ANYWHERE.search, everything)) or any(map(_is_active, objects)):
        raise RefusedFile(_("The PDF has scripts or other active content: print it to a new PDF and try again."))


def _plain(data: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _objects(reader: PdfReader) -> Iterator[Any]:
    """All that the file lists, and what they hold without following references."""
    if not isinstance(_value(reader.root_object, "/Pages"), DictionaryObject):
        raise _unreadable()
    listed = {number for part in reader.xref.values() for number in part} | set(reader.xref_objStm)
    waiting = [reader.trailer, *map(reader.get_object, sorted(listed))]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.values() if isinstance(one, DictionaryObject) else one if isinstance(one, ArrayObject) else ()


def _value(one: DictionaryObject, name: str) -> Any:
    """Where it leads, if it is a reference."""
    return one[name] if name in one else None  # noqa: SIM401  `get` gives the reference


def _object_streams(objects: list[Any]) -> list[bytes]:
    """Opened: each holds other objects as text."""
    packed = [one for one in objects if isinstance(one, StreamObject) and _value(one, "/Type") == "/ObjStm"]
    opened, room = [], LARGEST_UNPACKED
    for one in packed:
        opened.append(one.get_data())
        room -= len(opened[-1])
        if room <= 0 or not NUMBERS.match(opened[-1]):
            raise _unreadable()
    return opened


def _files(one: Any) -> Iterator[Any]:
    """What this object attaches, whatever it is."""
    held = _value(one, "/EF") if isinstance(one, DictionaryObject) else None
    if held is not None:
        yield from (held[name] for name in held) if isinstance(held, DictionaryObject) else (held,)


def _is_data(file: Any) -> bool:
    """The answers that our own documents carry are data; any other file inside is not let in."""
    if not isinstance(file, StreamObject) or _value(file, "/Subtype") != DATA:
        return False
    try:
        json.loads(file.get_data())
    except ValueError:
        return False
    return True


def _is_active(one: Any) -> bool:
    """A name of what runs, as a key or a value."""
    names = [*one] if isinstance(one, DictionaryObject) else [one] if isinstance(one, NameObject) else []
    return any(str(name).removeprefix("/") in ACTIVE for name in names)


def _unreadable() -> RefusedFile:
    return RefusedFile(_("The PDF is damaged or packed in an unusual way: print it to a new PDF and try again."))
