from dfs_workflow.views.permanent import permanent_link

__all__ = ["permanent_link"]
