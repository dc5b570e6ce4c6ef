from dfs_workflow.views import editions
from dfs_workflow.views.permanent import permanent_link

__all__ = ["editions", "permanent_link"]
