from django.utils.translation import override
from django_tasks import task

from dfs_workflow.notifications.letter import letter


@task()
def deliver(subject: str, body: str, recipients: list[str], language: str) -> None:
    """By the worker: an answer that waits for a mail server would tell that an address is known."""
    with override(language):
        for address in recipients:
            letter(subject, body, address).send()
