"""The people of one organisation, for its focal points and the stewards, and the requests they decide."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dfs_workflow import actions, permissions
from dfs_workflow.forms import AdmitForm, DomainForm, EndForm, InviteForm
from dfs_workflow.models import Capability, Invitation, JoinRequest, Membership, Organisation
from dfs_workflow.models.one_person import counted_with
from dfs_workflow.permissions import NotAllowed
from dfs_workflow.views.people import done, limited, members_only

MANAGE = Capability.MANAGE_PEOPLE


@members_only
@limited("invite")
def organisation(request: HttpRequest, key: str) -> HttpResponseBase:
    """Refused alike whether it exists or not, for who may not see it."""
    row = Organisation.objects.filter(key=key).first()
    known = permissions.standing(request.user)
    answer = known.verdict(MANAGE, organisation=row or Organisation(pk=0))
    if not answer or row is None:
        raise NotAllowed(answer.why if not answer else _("There is no such organisation."))
    form = InviteForm(request.POST or None, is_steward=known.is_steward)
    if request.method == "POST" and form.is_valid():
        actions.invite(by=request.user, organisation=row, at=timezone.now(), **form.cleaned_data)
        return done(request, _("The invitation is on its way."), "dfs_workflow:organisation", row.key)
    now, members = timezone.now(), row.memberships.active().select_related("user", "started_by")
    context = {
        "organisation": row,
        "form": form,
        "members": members.order_by("-focal_slot", "user__last_name"),
        "invitations": row.invitations.open(now).select_related("invited_by"),
        "requests": row.join_requests.open(),
        "domains": row.domains.all(),
        "domain_form": DomainForm(),
        "is_steward": known.is_steward,
    }
    return render(request, "dfs_workflow/people/organisation.html", context)


@members_only
@require_POST
def add_domain(request: HttpRequest, key: str) -> HttpResponseBase:
    permissions.require(request.user, Capability.MANAGE_PLATFORM)
    row = get_object_or_404(Organisation, key=key)
    form = DomainForm(request.POST)
    if form.is_valid():
        domain = form.cleaned_data["domain"]
        actions.verify_domain(by=request.user, organisation=row, domain=domain, at=timezone.now())
        return done(request, _("The domain is verified."), "dfs_workflow:organisation", row.key)
    return redirect("dfs_workflow:organisation", row.key)


def managed(request: HttpRequest, pk: int) -> Membership:
    """Refused alike whether it exists or not: numbers can be guessed."""
    row = Membership.objects.active().select_related("organisation", "user").filter(pk=pk).first()
    permissions.require(request.user, MANAGE, organisation=row.organisation if row else Organisation(pk=0))
    if row is None:
        raise NotAllowed(_("There is no such member."))
    return row


@members_only
def end_membership(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = managed(request, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_membership(by=request.user, membership=row, at=timezone.now(), **form.cleaned_data)
        sentence = _("The membership has ended and the account is closed.")
        return done(request, sentence, "dfs_workflow:organisation", row.organisation.key)
    return render(request, "dfs_workflow/people/end.html", {"row": row, "form": form})


@members_only
@require_POST
def confirm_membership(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = managed(request, pk)
    actions.confirm_membership(by=request.user, membership=row, at=timezone.now())
    return done(request, _("Confirmed for another year."), "dfs_workflow:organisation", row.organisation.key)


@members_only
@require_POST
def set_focal_point(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = managed(request, pk)
    wanted = request.POST.get("focal") == "yes"
    actions.set_focal_point(by=request.user, membership=row, is_focal_point=wanted, at=timezone.now())
    return done(request, _("The focal points were changed."), "dfs_workflow:organisation", row.organisation.key)


@members_only
@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = Invitation.objects.select_related("organisation").filter(pk=pk).first()
    permissions.require(request.user, MANAGE, organisation=row.organisation if row else Organisation(pk=0))
    if row is None:
        raise NotAllowed(_("There is no such invitation."))
    actions.withdraw_invitation(by=request.user, invitation=row, at=timezone.now())
    return done(request, _("The invitation is withdrawn."), "dfs_workflow:organisation", row.organisation.key)


@members_only
@require_safe
def join_requests(request: HttpRequest) -> HttpResponseBase:
    """Those that this person decides."""
    known = permissions.standing(request.user)
    if not known.can(MANAGE):
        raise NotAllowed(known.verdict(MANAGE).why)
    rows = JoinRequest.objects.open().select_related("organisation")
    one = Membership.objects.to_vouch_for(request.user)
    if not known.is_steward:
        one = one.filter(organisation=known.membership.organisation)
        one = one.exclude(started_by__in=counted_with({request.user.pk}))
        domains = known.membership.organisation.domains.values_list("domain", flat=True)
        rows = rows.filter(organisation=known.membership.organisation)
        rows = [row for row in rows if row.domain in set(domains)]
    return render(request, "dfs_workflow/people/requests.html", {"rows": rows, "to_vouch_for": one})


@members_only
def join_request(request: HttpRequest, pk: int) -> HttpResponseBase:
    permissions.require(request.user, MANAGE)
    row = JoinRequest.objects.select_related("organisation").filter(pk=pk).first()
    if row is None or not permissions.can_admit(request.user, row):
        raise Http404  # in both cases, so that numbers which are guessed tell nothing
    if not JoinRequest.objects.open().filter(pk=pk).exists():
        raise NotAllowed(_("This request was decided already, or its address is not verified yet."))
    is_steward = permissions.can(request.user, Capability.MANAGE_PLATFORM)
    form = AdmitForm(request.POST or None, is_steward=is_steward, initial={"organisation": row.organisation_id})
    if request.method == "POST" and form.is_valid():
        return decide(request, row, form.cleaned_data)
    context = {"row": row, "form": form, "domains": row.organisation.domains.all() if row.organisation else []}
    return render(request, "dfs_workflow/people/request.html", context)


def decide(request: HttpRequest, row: JoinRequest, answers: dict[str, Any]) -> HttpResponseBase:
    now = timezone.now()
    if answers["decision"] == "decline":
        actions.decline(by=request.user, join_request=row, reason=answers["reason"], at=now)
        return done(request, _("The request is declined, and the person is told why."), "dfs_workflow:join_requests")
    actions.admit(
        by=request.user,
        join_request=row,
        organisation=answers.get("organisation"),
        role=answers["role"],
        as_focal_point=bool(answers.get("as_focal_point")),
        at=now,
    )
    return done(request, _("The invitation is on its way."), "dfs_workflow:join_requests")
