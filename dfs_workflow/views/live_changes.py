"""Asking for a change to what is live; a second person decides on the screen of the bundle."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from dfs_workflow import actions, permissions
from dfs_workflow.forms import CHANGE_FORMS
from dfs_workflow.models import BundleItem, PublicationRefused


def ask_change(request: HttpRequest, page_id: int, kind: str) -> HttpResponseBase:
    if not permissions.can_ask_change(request.user):
        raise PermissionDenied
    if kind not in CHANGE_FORMS:
        raise Http404
    page = get_object_or_404(Page, pk=page_id).specific
    form = CHANGE_FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bundle = actions.ask_change(
                kind=kind, page=page, by=request.user, reason=form.cleaned_data["reason"], details=form.details()
            )
        except PublicationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("“%(title)s” was submitted for review.") % {"title": bundle})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    context = {"page": page, "form": form, "label": BundleItem.Kind(kind).label}
    return render(request, "dfs_workflow/admin/ask_change.html", context)
