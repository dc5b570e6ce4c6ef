from dfs_workflow.models.content_version import ContentVersion
from dfs_workflow.models.gated import Gated
from dfs_workflow.models.reference import PermanentReference, Referenced

__all__ = ["ContentVersion", "Gated", "PermanentReference", "Referenced"]
