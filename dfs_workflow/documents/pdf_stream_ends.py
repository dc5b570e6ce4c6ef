"""Makes the end of every stream of a PDF clear, without a PDF library.

The compiler writes a line feed before `endstream`. Where the data of the stream happens to end in a carriage
return, both look like one line end, and a checker counts one byte too few. A carriage return more makes the
line end clear; what follows moves by a byte, so the table of offsets is written anew.
"""

from __future__ import annotations

import re
from bisect import bisect_right

UNCLEAR = re.compile(rb"\r(?=\nendstream\nendobj\n)")
ENTRY = re.compile(rb"(\d{10}) (\d{5}) n")
START = re.compile(rb"(?<=startxref\n)\d+")


def with_clear_stream_ends(data: bytes) -> bytes:
    table = data.rfind(b"\nxref\n") + 1
    ends = [match.end() for match in UNCLEAR.finditer(data, 0, table)]
    if not ends:
        return data

    def moved(offset: bytes) -> int:
        return int(offset) + bisect_right(ends, int(offset))

    body = b"\r".join(data[start:end] for start, end in zip([0, *ends], [*ends, table], strict=True))
    offsets = ENTRY.sub(lambda entry: b"%010d %s n" % (moved(entry[1]), entry[2]), data[table:])
    return body + START.sub(lambda start: b"%d" % moved(start[0]), offsets)
