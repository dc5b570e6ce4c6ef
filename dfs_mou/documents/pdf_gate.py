"""Refuses a file that is no plain PDF, before it is kept: nothing in it may run, start or send anything.

Names are looked for in all bytes, also where they are written in hexadecimal or inside a compressed object stream; what
can't be looked into is refused.
"""

from __future__ import annotations

import re
import zlib

from dfs_workflow.documents.docx_gate import RefusedFile
from dfs_workflow.documents.file_gate import marked as _

LARGEST_COPY = 10 * 1024**2
LARGEST_UNPACKED = 40 * 1024**2
ACTIVE = re.compile(
    rb"/(JavaScript|Launch|RichMedia|XFA|SubmitForm|ImportData|GoToE|Rendition|Movie|Sound|3D)(?![A-Za-z0-9])"
)
EMBEDDED, DATA = re.compile(rb"/EmbeddedFile(?![A-Za-z0-9])"), re.compile(rb"/application/json(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
REACH = 4000  # bytes of a dictionary between its type and its stream


def check(data: bytes) -> None:
    if len(data) > LARGEST_COPY:
        raise RefusedFile(_("The file is larger than 10 megabytes: scan it in a lower resolution and try again."))
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise RefusedFile(_("This is no PDF: scan or export the signed document as a PDF and try again."))
    named = _plain(data)
    if re.search(rb"/Encrypt(?![A-Za-z0-9])", named):
        raise RefusedFile(_("The PDF is encrypted: take off its password and try again."))
    everything = [named, *map(_plain, _object_streams(data, named))]
    files = sum(len(EMBEDDED.findall(part)) for part in everything)
    # The answers that our own documents carry are data; any other file inside is not let in.
    if any(map(ACTIVE.search, everything)) or files > sum(len(DATA.findall(part)) for part in everything):
        raise RefusedFile(_("The PDF has scripts or other active content: print it to a new PDF and try again."))


def _plain(data: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _object_streams(data: bytes, named: bytes) -> list[bytes]:
    """Opened; a type written in hexadecimal, or a stream that isn't packed in the usual way, is not."""
    hits, room = list(PACKED.finditer(data)), LARGEST_UNPACKED
    if len(hits) < len(PACKED.findall(named)):
        raise _unreadable()
    opened = []
    for hit in hits:
        start = re.compile(rb"stream\r?\n").search(data, hit.end(), hit.end() + REACH)
        if start is None:
            raise _unreadable()
        unpack = zlib.decompressobj()
        try:
            opened.append(unpack.decompress(data[start.end() :], room))
        except zlib.error as error:
            raise _unreadable() from error
        room -= len(opened[-1])
        if not unpack.eof or room <= 0:
            raise _unreadable()
    return opened


def _unreadable() -> RefusedFile:
    return RefusedFile(_("The PDF is damaged or packed in an unusual way: print it to a new PDF and try again."))
