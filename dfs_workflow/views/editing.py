"""What the editor's screens say and offer, for governed types only; called by the hooks."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import quote
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page
from wagtail.snippets.action_menu import ActionMenuItem

from dfs_workflow import gate, permissions
from dfs_workflow.forms import SNIPPET_FORMS
from dfs_workflow.models import (
    BundleItem,
    FactCheckTask,
    Gated,
    PermanentReference,
    PublicationRefused,
    Vote,
    is_governed,
)
from dfs_workflow.models.vote import WOULD_BE_VOID, named
from dfs_workflow.proposals.drafts import chapter_of
from dfs_workflow.views.live_changes import ask_url
from dfs_workflow.views.unscheduling import unschedule_url

NOT_FOR_ONE_PERSON = {"action-publish", "action-unpublish"}
ASK_LABELS: dict[str, Any] = {
    BundleItem.Kind.WITHDRAW: gettext_lazy("Ask to withdraw"),
    BundleItem.Kind.MOVE: gettext_lazy("Ask to move"),
    BundleItem.Kind.DELETE: gettext_lazy("Ask to delete"),
    BundleItem.Kind.RESTRICT: gettext_lazy("Ask to change who can read it"),
}


def explain_publish(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Wagtail has saved the draft when it asks; so nothing that was typed is lost."""
    if not is_governed(instance):
        return None
    try:
        gate.require_decision(instance, instance.latest_revision)
    except PublicationRefused as refusal:
        messages.warning(request, _("Saved as a draft. %(reason)s") % {"reason": refusal})
        return redirect(edit_url(instance))
    return None


def edit_url(instance: Any) -> str:
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return reverse(instance.snippet_viewset.get_url_name("edit"), args=[quote(instance.pk)])


def hide_publish_on_pages(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if issubclass(page_model(request, context), Gated):
        menu_items[:] = [item for item in menu_items if item.name not in NOT_FOR_ONE_PERSON]


def page_model(request: HttpRequest, context: dict[str, Any]) -> type[models.Model]:
    if context.get("page") is not None:
        return context["page"].specific_class or Page
    named = request.resolver_match.kwargs if request.resolver_match else {}
    app, name = named.get("content_type_app_name"), named.get("content_type_model_name")
    return resolve_model_string(f"{app}.{name}") if app and name else Page


def offer_on_snippets(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if not issubclass(context["model"], Gated):
        return
    menu_items[:] = [item for item in menu_items if item.name not in NOT_FOR_ONE_PERSON]
    snippet = context.get("instance")
    if snippet is None:
        return
    if snippet.live and permissions.can_ask_change(request.user):
        menu_items += [AskMenuItem(kind) for kind in SNIPPET_FORMS]
    if unschedule_url(snippet, request.user):
        menu_items.append(UnscheduleMenuItem())


class AskMenuItem(ActionMenuItem):
    icon_name = "clipboard-list"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind, self.name, self.label = kind, f"action-ask-{kind}", ASK_LABELS[kind]

    def get_url(self, parent_context: Any) -> str:
        return ask_url(parent_context["instance"], self.kind)


class UnscheduleMenuItem(ActionMenuItem):
    """Wagtail's own button in the notice of the lock asks for the right to publish."""

    name, label, icon_name = "action-unschedule", gettext_lazy("Take back the date of publication"), "calendar-alt"

    def get_url(self, parent_context: Any) -> str:
        return unschedule_url(parent_context["instance"], parent_context["request"].user)


def warn_of_votes(request: HttpRequest, instance: Any) -> None:
    """Before somebody who may edit it types a word."""
    if request.method != "GET" or not is_governed(instance):
        return
    votes = Vote.running(instance)
    lock = instance.get_lock() if votes else None
    if votes and not (lock and lock.for_user(request.user)):
        messages.warning(request, WOULD_BE_VOID % {"organisations": named(votes)})


def offer_next_steps(request: HttpRequest, page: Page) -> None:
    """After a draft is saved: one click to the next statement, one to submit the chapter."""
    saved = request.method == "POST" and not any(name.startswith("action-") for name in request.POST)
    if not saved or not is_governed(page) or "application/json" in request.headers.get("Accept", ""):
        return
    following = page.get_next_siblings().first()
    buttons = []
    if following:
        label = _("Edit next: %(title)s") % {"title": short_title(following)}
        buttons.append(messages.button(reverse("wagtailadmin_pages:edit", args=[following.pk]), label))
    if permissions.can_submit_bundle(request.user):
        top = chapter_of(page)
        label = _("Submit “%(title)s” with all its changes") % {"title": short_title(top)}
        buttons.append(messages.button(reverse("dfs_workflow_submit_bundle", args=[top.pk]), label))
    if buttons:
        messages.info(request, _("Saved. What next?"), buttons=buttons)


def short_title(page: Page) -> str:
    """For a button, which doesn't wrap."""
    return Truncator(page.get_admin_display_title()).chars(50)


def page_buttons(page: Page, user: Any, next_url: str | None = None, view_name: str | None = None) -> Iterator[Button]:
    if page.is_root() or not is_governed(page):
        return
    if permissions.can_submit_bundle(user):
        url = reverse("dfs_workflow_submit_bundle", args=[page.pk])
        yield Button(_("Submit with all its changes"), url, icon_name="clipboard-list", priority=5)
    if page.has_unpublished_changes and permissions.can_publish_in_emergency(user):
        url = reverse("dfs_workflow_publish_alone", args=[page.pk])
        yield Button(_("Publish alone, in an emergency"), url, icon_name="warning", priority=99)
    task_state = page.current_workflow_task_state if view_name == "edit" else None
    if task_state and isinstance(task_state.task.specific, FactCheckTask):
        url = reverse("dfs_workflow_fact_check", args=[task_state.pk])
        yield Button(_("Ask an outside expert"), url, icon_name="help", priority=6)
    if page.live and permissions.can_ask_change(user):
        yield from ask_buttons(page, ASK_LABELS)


def ask_buttons(instance: Any, labels: dict[str, Any]) -> Iterator[Button]:
    for priority, (kind, label) in enumerate(labels.items(), start=90):
        yield Button(str(label), ask_url(instance, kind), icon_name="clipboard-list", priority=priority)


def snippet_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if is_governed(snippet) and snippet.live and permissions.can_ask_change(user):
        yield from ask_buttons(snippet, {kind: ASK_LABELS[kind] for kind in SNIPPET_FORMS})


def refuse_copies(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """A copy would carry the permanent reference of its original; say so instead of failing on it."""
    registered = PermanentReference.objects.values("translation_key")
    if not page.get_descendants(inclusive=True).filter(translation_key__in=registered).exists():
        return None
    messages.error(
        request,
        _("“%(title)s” was not copied: a permanent reference belongs to one statement. Add a new page instead.")
        % {"title": page.get_admin_display_title()},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)
