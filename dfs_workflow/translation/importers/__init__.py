from dfs_workflow.translation.importers.reading import FileError, po_file, read_units
from dfs_workflow.translation.importers.storing import ImportReport, store_units

__all__ = ["FileError", "ImportReport", "po_file", "read_units", "store_units"]
