"""A Word file with fixed bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from dfs_workflow.documents.fixed_zip import fixed_zip


def frozen(word: Any) -> bytes:
    """The package with sorted names and fixed times, so that the same document has the same bytes."""
    buffer = io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer) as source:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return fixed_zip((name, source.read(name)) for name in names)
