from dfs_workflow.notifications.reviews import ask_reviewers, tell_outcome

__all__ = ["ask_reviewers", "tell_outcome"]
