"""Mails about reviews: to those who can decide, and to the one who submitted once it is decided.

Each is written in the language of its recipient. What can't be sent is logged, and nothing else fails with it.
"""

import logging
from collections.abc import Collection, Iterable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override as override_language
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from dfs_workflow.models import Absence, Bundle, authors
from dfs_workflow.notifications.letter import letter

logger = logging.getLogger(__name__)


def ask_reviewers(*, task_state: TaskState, submitted_by: Any) -> None:
    """Everybody in the groups of the task who can decide it, so not its authors; nobody for being a superuser."""
    instance = instance_of(task_state.workflow_state)
    context = {
        "title": task_state.revision.object_str,
        "kind": instance._meta.verbose_name,
        "who": name_of(submitted_by),
        "reason": instance.reason if isinstance(instance, Bundle) else "",
    }
    recipients = deciders(task_state, but={submitted_by.pk} if submitted_by else set())
    send("awaiting", instance, [user for user in recipients if wants(user, "submitted")], context)


def deciders(task_state: TaskState, but: Collection[int] = ()) -> list[Any]:
    """Members of the groups of the task who didn't write it; who is away is joined by who stands in for them."""
    own_work = authors(instance_of(task_state.workflow_state)) | set(but)
    people = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    members = people.filter(groups__in=task_state.task.specific.groups.all()).values("pk")
    standing_in = Absence.objects.on(timezone.localdate()).filter(user__in=members).values("delegate")
    found = people.filter(Q(pk__in=members) | Q(pk__in=standing_in)).exclude(pk__in=own_work)
    return list(found.order_by("pk"))


def tell_outcome(*, workflow_state: WorkflowState, approved: bool, by: Any) -> None:
    """To who submitted it, unless they ended it themselves."""
    person = workflow_state.requested_by
    if person is None or person == by or not person.is_active or not person.email:
        return
    if not wants(person, "approved" if approved else "rejected"):
        return
    last = workflow_state.task_states.select_related("revision").order_by("pk").last()
    context = {
        "title": last.revision.object_str if last else str(workflow_state.content_object),
        "who": name_of(by),
        "approved": approved,
        "reason": last.comment if last else "",
    }
    send("decided", instance_of(workflow_state), [person], context)


def instance_of(workflow_state: WorkflowState) -> Any:
    instance = workflow_state.content_object
    return instance.specific if isinstance(instance, Page) else instance


def name_of(user: Any) -> str:
    return user.get_full_name() or user.get_username() if user else ""


def wants(user: Any, what: str) -> bool:
    return bool(getattr(UserProfile.get_for_user(user), f"{what}_notifications"))


def send(template: str, instance: Any, recipients: Iterable[Any], context: dict[str, Any]) -> None:
    messages = [message(template, instance, user, context) for user in recipients]
    if not messages:
        return
    try:
        with get_connection() as connection:
            for each in messages:
                send_one(connection, each)
    except (SMTPException, OSError):
        logger.exception("No mail could be sent about “%s”", context["title"])


def send_one(connection: Any, each: EmailMessage) -> None:
    try:
        connection.send_messages([each])
    except (SMTPException, OSError):
        logger.exception("Not sent to %s: “%s”", each.to[0], each.subject)


def message(template: str, instance: Any, user: Any, context: dict[str, Any]) -> EmailMessage:
    language = UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE
    with override_language(language):
        found = instance is not None and AdminURLFinder(user).get_edit_url(instance)
        address = found or reverse("wagtailadmin_home")
        full = context | {"user": user, "url": f"{get_admin_base_url() or ''}{address}"}
        subject = render_to_string(f"dfs_workflow/mail/{template}_subject.txt", full)
        return letter(subject, render_to_string(f"dfs_workflow/mail/{template}.txt", full), user.email)
