"""Emergencies: publishing alone with a reason, and what a second person says to it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from dfs_workflow import actions, permissions
from dfs_workflow.forms import EmergencyForm
from dfs_workflow.models import Override, PublicationRefused, is_governed
from dfs_workflow.views.editing import edit_url

SHOWN = 200


def publish_alone(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id).specific
    if not permissions.can_publish_in_emergency(request.user) or not is_governed(page):
        raise PermissionDenied
    form = EmergencyForm(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_in_emergency(instance=page, by=request.user, at=timezone.now(), **form.cleaned_data)
        except PublicationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.warning(request, _("It is live. A second person has to sign it off."))
            return redirect("dfs_workflow_overrides")
    return render(request, "dfs_workflow/admin/emergency.html", {"page": page, "form": form})


def overrides(request: HttpRequest) -> HttpResponse:
    """For everybody who edits."""
    if not permissions.can_see_emergencies(request.user):
        raise PermissionDenied
    found = Override.objects.prefetch_related("authors", "content_object")[:SHOWN]
    rows = [(row, edit_url(row.content_object) if row.content_object else "") for row in found]
    context = {"rows": rows, "may_sign_off": permissions.can_sign_off(request.user), "now": timezone.now()}
    return render(request, "dfs_workflow/admin/emergencies.html", context)


@require_POST
def sign_off(request: HttpRequest, override_id: int) -> HttpResponse:
    override = get_object_or_404(Override, pk=override_id)
    said = {"override": override, "by": request.user, "comment": request.POST.get("comment", ""), "at": timezone.now()}
    try:
        if "object" in request.POST:
            actions.object_to_override(**said)
            messages.success(request, _("What was decided before is live again."))
        else:
            actions.agree_to_override(**said)
            messages.success(request, _("Signed off."))
    except PublicationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("dfs_workflow_overrides")
