"""Asking for a change to what is live; a second person decides on the screen of the bundle."""

from typing import Any

from django.apps import apps
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from dfs_workflow import actions, permissions
from dfs_workflow.forms import change_form
from dfs_workflow.models import BundleItem, PublicationRefused
from dfs_workflow.models.gated import governed_models


def ask_page_change(request: HttpRequest, page_id: int, kind: str) -> HttpResponseBase:
    page = get_object_or_404(Page, pk=page_id).specific
    if page.is_root():
        raise Http404
    return ask(request, page, kind, reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


def ask_snippet_change(request: HttpRequest, app: str, model: str, pk: str, kind: str) -> HttpResponseBase:
    try:
        found = apps.get_model(app, model)
    except LookupError as error:
        raise Http404 from error
    if found not in governed_models() or issubclass(found, Page):
        raise Http404
    snippet = get_object_or_404(found, pk=unquote(pk))
    return ask(request, snippet, kind, reverse(snippet.snippet_viewset.get_url_name("list")))


def ask_url(instance: Any, kind: str) -> str:
    if isinstance(instance, Page):
        return reverse("dfs_workflow_ask_change", args=[instance.pk, kind])
    label = instance._meta
    args = [label.app_label, label.model_name, quote(instance.pk), kind]
    return reverse("dfs_workflow_ask_snippet_change", args=args)


def ask(request: HttpRequest, instance: Any, kind: str, back: str) -> HttpResponseBase:
    if not permissions.can_ask_change(request.user):
        raise PermissionDenied
    form = change_form(kind, instance, request.POST or None)
    if form is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            bundle = actions.ask_change(
                kind=kind, instance=instance, by=request.user, reason=form.cleaned_data["reason"],
                details=form.details(),
            )  # fmt: skip
        except PublicationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("“%(title)s” was submitted for review.") % {"title": bundle})
            return redirect(back)
    context = {"page": instance, "form": form, "label": BundleItem.Kind(kind).label}
    return render(request, "dfs_workflow/admin/ask_change.html", context)
