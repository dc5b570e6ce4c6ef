from dfs_workflow.reports.gate import Finding, findings

__all__ = ["Finding", "findings"]
