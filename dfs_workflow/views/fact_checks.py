"""Experts without an account: the reviewer asks one, and the link in the mail is all they need."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.models import Revision, TaskState

from dfs_workflow import actions
from dfs_workflow.forms import ExpertForm, FactCheckForm
from dfs_workflow.models import Bundle, FactCheck, FactCheckTask
from dfs_workflow.views.people import limited, people_view


def ask_expert(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """In the admin: who was asked and what they answered, and a form to ask one more."""
    steps = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__content_type=kind_of(FactCheckTask))
    step = get_object_or_404(steps.select_related("revision", "task"), pk=task_state_id)
    if not step.task.specific.get_actions(step.workflow_state.content_object, request.user):
        raise PermissionDenied
    form = ExpertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_expert(task_state=step, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The expert was asked by mail."))
        return redirect("dfs_workflow_fact_check", step.pk)
    context = {"form": form, "title": step.revision.object_str, "checks": step.dfs_fact_checks.all()}
    return render(request, "dfs_workflow/admin/fact_check.html", context)


def kind_of(model: Any) -> ContentType:
    return ContentType.objects.get_for_model(model)


@people_view
@limited("fact check")
def fact_check(request: HttpRequest, token: str) -> HttpResponseBase:
    """Looking changes nothing; only the form that is sent does."""
    check = actions.open_fact_check(token, at=timezone.now())
    form = FactCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_fact_check(token=token, at=timezone.now(), **form.cleaned_data)
        return private(render(request, "dfs_workflow/people/fact_checked.html", {"check": check}))
    context = {"check": check, "form": form, "token": token, "versions": versions(check)}
    return private(render(request, "dfs_workflow/people/fact_check.html", context))


@require_safe
@people_view
def fact_check_text(request: HttpRequest, token: str, number: int) -> HttpResponseBase:
    """One of the versions as readers would see it."""
    found = versions(actions.open_fact_check(token, at=timezone.now()))
    if not 1 <= number <= len(found):
        raise Http404
    draft = found[number - 1].as_object()
    return private(draft.make_preview_request(request, draft.default_preview_mode))


def versions(check: FactCheck) -> list[Revision]:
    reviewed = check.task_state.revision.as_object()
    if not isinstance(reviewed, Bundle):
        return [check.task_state.revision]
    return [item.revision for item in reviewed.items.all() if item.revision]


def private(response: Any) -> Any:
    response["Referrer-Policy"] = "same-origin"  # without any, a browser names no origin, and the form is refused
    response["X-Robots-Tag"] = "noindex"
    return response
