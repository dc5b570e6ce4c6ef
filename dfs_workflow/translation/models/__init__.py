from dfs_workflow.translation.models.approval import Approval
from dfs_workflow.translation.models.change import SourceChange
from dfs_workflow.translation.models.file_import import FileImport
from dfs_workflow.translation.models.manifest import SourceManifest
from dfs_workflow.translation.models.note import Reason, SegmentComment
from dfs_workflow.translation.models.stale import StaleField
from dfs_workflow.translation.models.term import Concept, Term

__all__ = [
    "Approval",
    "Concept",
    "FileImport",
    "Reason",
    "SegmentComment",
    "SourceChange",
    "SourceManifest",
    "StaleField",
    "Term",
]
