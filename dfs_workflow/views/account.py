"""What belongs to the person who is signed in: membership, consents, data."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dfs_workflow import actions, permissions
from dfs_workflow.forms import AbsenceForm, ConsentForm, EndForm, PasswordForm
from dfs_workflow.models import BY_KIND, Absence, Capability, MailAddress
from dfs_workflow.reports.personal import personal_data
from dfs_workflow.views.people import done, limited, members_only


@members_only
def account(request: HttpRequest) -> HttpResponseBase:
    known = permissions.standing(request.user)
    form = ConsentForm(request.POST if request.method == "POST" else None, instance=known.membership)
    if request.method == "POST" and known.membership and form.is_valid():
        actions.set_consents(by=request.user, at=timezone.now(), **form.cleaned_data)
        return done(request, _("Your choices are saved."), "dfs_workflow:account")
    verdicts = [(capability.label, known.verdict(capability)) for capability in (*BY_KIND, Capability.MANAGE_PEOPLE)]
    context = {"membership": known.membership, "form": form, "verdicts": verdicts, "standing": known}
    context["address_paused"] = MailAddress.is_paused(request.user.email)
    return render(request, "dfs_workflow/people/account.html", context)


@members_only
def absence(request: HttpRequest) -> HttpResponseBase:
    row = Absence.objects.filter(user=request.user).first()
    initial = {name: getattr(row, name, None) for name in ("delegate", "first_day", "last_day")}
    form = AbsenceForm(request.POST if request.method == "POST" else None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_absence(by=request.user, **form.cleaned_data)
        return done(request, _("Your choices are saved."), "dfs_workflow:account")
    return render(request, "dfs_workflow/people/absence.html", {"form": form})


@members_only
@require_safe
def own_data(request: HttpRequest) -> HttpResponseBase:
    response = JsonResponse(personal_data(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@members_only
@limited("password")
def leave(request: HttpRequest) -> HttpResponseBase:
    membership = permissions.membership_of(request.user)
    if membership is None:
        return redirect("dfs_workflow:account")
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_membership(by=request.user, membership=membership, at=timezone.now(), **form.cleaned_data)
        return bye(request)
    return render(request, "dfs_workflow/people/leave.html", {"form": form, "membership": membership})


@members_only
@limited("password")
def erase(request: HttpRequest) -> HttpResponseBase:
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.erase_person(by=request.user, user=request.user, at=timezone.now())
        return bye(request)
    return render(request, "dfs_workflow/people/erase.html", {"form": form})


def bye(request: HttpRequest) -> HttpResponse:
    logout(request)
    return render(request, "dfs_workflow/people/bye.html")
