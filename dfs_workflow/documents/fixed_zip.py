"""A ZIP file whose bytes depend on nothing but its contents: no time, no owner, in the order given."""

import io
import zipfile
from collections.abc import Iterable

EARLIEST = (1980, 1, 1, 0, 0, 0)


def fixed_zip(files: Iterable[tuple[str, bytes]], *, stored: str = "") -> bytes:
    """`stored` is the one file that is not compressed."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as target:
        for name, data in files:
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            info.external_attr, info.create_system = 0o600 << 16, 3
            target.writestr(info, data)
    return result.getvalue()
