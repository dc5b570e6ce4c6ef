from dfs_workflow.translation.importers.reading import FileError, po_file, read_units
from dfs_workflow.translation.importers.storing import ImportReport, store_units
from dfs_workflow.translation.importers.uploaded import AT_ONCE, receive, run_import

__all__ = [
    "AT_ONCE",
    "FileError",
    "ImportReport",
    "po_file",
    "read_units",
    "receive",
    "run_import",
    "store_units",
]
