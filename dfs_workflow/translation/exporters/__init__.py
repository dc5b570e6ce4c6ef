"""Files for other tools: PO, XLIFF 1.2 and XLIFF 2.1, each with states and titles."""

from collections.abc import Callable, Iterable

from dfs_workflow.translation.exporters.po import write_po
from dfs_workflow.translation.exporters.xliff import write_xliff_1, write_xliff_2
from dfs_workflow.translation.query.units import Unit

Writer = Callable[[Iterable[Unit], str, str], bytes]
# Name of the format: ending of the file, type, writer.
FORMATS: dict[str, tuple[str, str, Writer]] = {
    "po": ("po", "text/x-gettext-translation", write_po),
    "xliff12": ("xlf", "application/x-xliff+xml", write_xliff_1),
    "xliff21": ("xlf", "application/xliff+xml", write_xliff_2),
}

__all__ = ["FORMATS", "write_po", "write_xliff_1", "write_xliff_2"]
