"""A Word file with fixed bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

EARLIEST = (1980, 1, 1, 0, 0, 0)


def frozen(word: Any) -> bytes:
    """The package with sorted names and fixed times, so that the same document has the same bytes."""
    buffer, result = io.BytesIO(), io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(result, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(info, source.read(name))
    return result.getvalue()
