from django.core.mail import EmailMessage
from django_tasks import task


@task()
def deliver(subject: str, body: str, recipients: list[str]) -> None:
    """By the worker: an answer that waits for a mail server would tell that an address is known."""
    EmailMessage(subject, body, to=recipients, headers={"Auto-Submitted": "auto-generated"}).send()
