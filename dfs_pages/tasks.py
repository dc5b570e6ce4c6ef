"""What is done beside the request, by the worker."""

from django_tasks import task

from dfs_pages.exporters.booklets.shelf import make
from dfs_pages.importers.gitbook.uploaded import run_import


@task()
def import_book(import_id: int) -> None:
    run_import(import_id)


@task(priority=10)  # somebody waits for it; the upkeep of indexes after an import has thousands of tasks
def make_booklet(booklet_id: int) -> None:
    make(booklet_id)
