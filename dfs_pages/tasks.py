"""What is done beside the request, by the worker."""

from django_tasks import task

from dfs_pages.importers.gitbook.uploaded import run_import


@task()
def import_book(import_id: int) -> None:
    run_import(import_id)
