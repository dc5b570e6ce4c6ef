from dfs_workflow.translation.importers.reading import FileError, read_units
from dfs_workflow.translation.importers.storing import ImportReport, store_units

__all__ = ["FileError", "ImportReport", "read_units", "store_units"]
