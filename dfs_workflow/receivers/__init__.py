"""Where the gate meets Django's and Wagtail's signals; connected by `WorkflowConfig.ready()`."""

from dfs_workflow.receivers import access, finished_work, following, people, reviews, rows


def connect() -> None:
    for part in (reviews, rows, people, access, following, finished_work):
        part.connect()
