"""Mails about reviews: to those who can decide, and to the one who submitted once it is decided.

Each is written in the language of its recipient.
"""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override as override_language
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from dfs_workflow.models import Absence, Bundle, PublicReason, Vote, authors
from dfs_workflow.models.language_group import who_decide_language
from dfs_workflow.models.one_person import counted_with
from dfs_workflow.notifications import post

Screen = Callable[[], str]  # its address, in the language of who reads it
HOME = partial(reverse, "wagtailadmin_home")


def ask_reviewers(*, task_state: TaskState, submitted_by: Any) -> None:
    """Everybody in the groups of the task who can decide it, so not its authors; nobody for being a superuser."""
    instance = instance_of(task_state.workflow_state)
    context = {
        "title": task_state.revision.object_str,
        "kind": instance._meta.verbose_name,
        "who": name_of(submitted_by),
        "reason": instance.reason if isinstance(instance, Bundle) else "",
        "told": PublicReason.among(versions_in(instance, task_state)),
        "due": task_state.task.specific.due_at(task_state),
    }
    recipients = deciders(task_state, but={submitted_by.pk} if submitted_by else set())
    wanted = [user for user in recipients if wants(user, "submitted")]
    send("awaiting", instance, wanted, context, about=task_state.pk)


def versions_in(instance: Any, task_state: TaskState) -> list[int | None]:
    if isinstance(instance, Bundle):
        return list(instance.items.values_list("revision", flat=True))
    return [task_state.revision_id]


def deciders(task_state: TaskState, but: Collection[int] = ()) -> list[Any]:
    """Members of the groups of the task who neither wrote it nor have voted; who stands in for them while away. Where
    a language has a group, those who are in it."""
    instance = instance_of(task_state.workflow_state)
    own_work = counted_with(authors(instance)) | set(but)
    own_work |= set(Vote.objects.filter(task_state=task_state).exclude(user=None).values_list("user_id", flat=True))
    people = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    members = people.filter(groups__in=task_state.task.specific.groups.all()).values("pk")
    standing_in = Absence.objects.on(timezone.localdate()).filter(user__in=members).values("delegate")
    found = people.filter(Q(pk__in=members) | Q(pk__in=standing_in)).exclude(pk__in=own_work)
    return list(who_decide_language(found, instance).order_by("pk"))


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
    about = f"{workflow_state.pk} {last.pk if last else ''} {approved}"
    send("decided", instance_of(workflow_state), [person], context, about=about)


def instance_of(workflow_state: WorkflowState) -> Any:
    instance = workflow_state.content_object
    return instance.specific if isinstance(instance, Page) else instance


def name_of(user: Any) -> str:
    return user.get_full_name() or user.get_username() if user else ""


def wants(user: Any, what: str) -> bool:
    return bool(getattr(UserProfile.get_for_user(user), f"{what}_notifications"))


def send(
    template: str,
    instance: Any,
    recipients: Iterable[Any],
    context: dict[str, Any],
    *,
    about: Any,
    screen: Screen = HOME,
) -> None:
    """Leads to where the instance is edited, or to this screen."""
    for user in recipients:
        if user.email:
            write_to(user, template, instance, context, about, screen)


def write_to(user: Any, template: str, instance: Any, context: dict[str, Any], about: Any, screen: Screen) -> None:
    language = UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE
    with override_language(language):
        found = instance is not None and AdminURLFinder(user).get_edit_url(instance)
        full = context | {"user": user, "url": f"{get_admin_base_url() or ''}{found or screen()}"}
        subject = render_to_string(f"dfs_workflow/mail/{template}_subject.txt", full)
        body = render_to_string(f"dfs_workflow/mail/{template}.txt", full)
    post.write(template, user.email, language, subject=subject, body=body, about=str(about), person=user)
