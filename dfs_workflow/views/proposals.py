"""Proposals as members read and discuss them, and where they are decided."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from dfs_workflow import actions, permissions
from dfs_workflow.forms.proposals import ApplyForm, DecideForm, FilterForm, RemarkForm, SubmitProposalForm, TakeOnForm
from dfs_workflow.merging import ABSENT, Answer, Path
from dfs_workflow.models import Capability, Proposal, ProposalItem, ProposalRefused, why_not_second
from dfs_workflow.proposals.changes import Shown, changes_in, with_pages
from dfs_workflow.proposals.outcome import approved_at
from dfs_workflow.proposals.plain_text import as_text
from dfs_workflow.proposals.visible import visible_proposals
from dfs_workflow.restrictions import passed_by
from dfs_workflow.stewardship import triagers
from dfs_workflow.views.people import done, limited, members_only
from dfs_workflow.views.proposal_answers import answers_in, as_sent

PER_PAGE = 50


@members_only
@require_safe
def proposals(request: HttpRequest) -> HttpResponseBase:
    """Open to whom the table of kinds lets see them; others find their own."""
    standing = permissions.standing(request.user)
    rows = visible_proposals(request.user, standing, passed_by(request)).select_related("organisation")
    form = FilterForm(request.GET or None)
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"rows": page, "form": form, "sees_all": standing.can(Capability.SEE_PROPOSALS)}
    return render(request, "dfs_workflow/proposals/list.html", context)


def found(request: HttpRequest, number: str) -> Proposal:
    """What somebody may not see isn't there."""
    rows = visible_proposals(request.user, passed=passed_by(request))
    rows = rows.select_related("proposed_by", "organisation", "assignee", "bundle")
    proposal = rows.filter(number=number).first()
    if proposal is None:
        raise Http404
    return proposal


@members_only
@require_safe
def proposal(request: HttpRequest, number: str) -> HttpResponseBase:
    return shown(request, found(request, number))


@members_only
@require_safe
def proposal_text(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same in plain words, to pass on or to keep."""
    row = found(request, number)
    return HttpResponse(as_text(row, with_pages(row.items.all())), content_type="text/plain; charset=utf-8")


def shown(request: HttpRequest, row: Proposal, **forms: Any) -> HttpResponseBase:
    items = with_pages(row.items.all())
    may_triage = permissions.can(request.user, Capability.TRIAGE)
    may_decide = may_triage and row.state in Proposal.WAITING and row.proposed_by_id != request.user.pk
    why_not = why_not_second(request.user, {row.proposed_by_id}) if may_decide else None
    parts = [(item, as_sent(request.POST, readable(request.user, item)), place_of(item)) for item in items]
    context = {
        "proposal": row,
        "parts": parts,
        "has_conflicts": any(change.is_conflict for _item, changes, _place in parts for change in changes),
        "remarks": row.remarks.select_related("organisation"),
        "remark_form": RemarkForm(),
        "may_take_on": may_triage and row.is_open,
        "take_on_form": TakeOnForm(triagers(), initial={"assignee": row.assignee_id or request.user.pk}),
        "may_decide": may_decide and not why_not,
        "why_not": why_not,
        "is_own": row.proposed_by_id == request.user.pk,
        "decide_form": DecideForm(),
        "approved_at": approved_at(row, items) if row.applied_at else None,
        "may_apply": may_triage and row.state in (Proposal.State.ACCEPTED, Proposal.State.PARTLY),
        "apply_form": ApplyForm(row),
        **forms,
    }
    return render(request, "dfs_workflow/proposals/proposal.html", context)


def readable(user: Any, item: ProposalItem) -> Sequence[Shown]:
    """Its changes, without the words of a draft that this person may not read."""
    changes = changes_in(item)
    if permissions.can_read_draft(user, item.subject):
        return changes
    return [replace(shown, now=None, change=replace(shown.change, now=ABSENT)) for shown in changes]


def place_of(item: ProposalItem) -> str:
    """Where something new is to stand, or what takes the place of what goes."""
    details = item.details
    if item.kind == ProposalItem.Kind.NEW and details.get("after"):
        before = Page.objects.filter(pk=details["after"]).first()
        return _("after “%(title)s”") % {"title": before.title} if before else ""
    return str(details.get("parent_title") or details.get("successor") or "")


@members_only
@limited("remark")
@require_POST
def remark(request: HttpRequest, number: str) -> HttpResponseBase:
    row = found(request, number)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return shown(request, row, remark_form=form)
    actions.add_remark(by=request.user, proposal=row, at=timezone.now(), **form.cleaned_data)
    return done(request, _("Your remark was added."), "dfs_workflow:proposal", number)


@members_only
@require_POST
def take_on_proposal(request: HttpRequest, number: str) -> HttpResponseBase:
    row = found(request, number)
    permissions.require(request.user, Capability.TRIAGE)
    form = TakeOnForm(triagers(), request.POST)
    if not form.is_valid():
        return shown(request, row, take_on_form=form)
    actions.take_on(by=request.user, proposal=row, at=timezone.now(), **form.cleaned_data)
    return done(request, _("Saved."), "dfs_workflow:proposal", number)


@members_only
@require_POST
def decide_proposal(request: HttpRequest, number: str) -> HttpResponseBase:
    row = found(request, number)
    permissions.require(request.user, Capability.TRIAGE)
    form = DecideForm(request.POST)
    if form.is_valid():
        accept = form.cleaned_data["decision"] == "accept"
        try:
            answers = chosen(request.POST, row) if accept else {}
            actions.decide_proposal(
                by=request.user, proposal=row, accept=accept, reason=form.cleaned_data["reason"], answers=answers,
                at=timezone.now(),
            )  # fmt: skip
        except ProposalRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, _("The proposer is told."), "dfs_workflow:proposal", number)
    return shown(request, row, decide_form=form)


def chosen(data: Any, row: Proposal) -> dict[int, dict[Path, Answer]]:
    return {item.pk: answers_in(data, changes_in(item)) for item in with_pages(row.items.all())}


@members_only
@require_POST
def apply_proposal(request: HttpRequest, number: str) -> HttpResponseBase:
    row = found(request, number)
    permissions.require(request.user, Capability.TRIAGE)
    form = ApplyForm(row, request.POST)
    if not form.is_valid():
        return shown(request, row, apply_form=form)
    try:
        actions.apply_proposal(by=request.user, proposal=row, at=timezone.now(), **form.cleaned_data)
    except ProposalRefused as refusal:
        return shown(request, row, apply_form=form, problem=str(refusal))
    return done(request, _("It is a draft now, and waits for the review."), "dfs_workflow:proposal", number)


@members_only
@limited("proposal")
def submit_collected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was collected from several pages in the editor becomes one proposal."""
    row = Proposal.objects.filter(pk=pk, proposed_by=request.user, state=Proposal.State.DRAFT).first()
    if row is None:
        raise Http404
    if request.method == "POST" and "discard" in request.POST:
        actions.discard_proposal(by=request.user, proposal=row)
        return done(request, _("Nothing was proposed."), "dfs_workflow:proposals")
    form = SubmitProposalForm(request.POST or None, initial={"title": row.title})
    if request.method == "POST" and form.is_valid():
        sent = actions.submit_proposal(by=request.user, proposal=row, at=timezone.now(), **form.cleaned_data)
        sentence = _("Your proposal %(number)s is submitted. You get a mail at each step.") % {"number": sent.number}
        return done(request, sentence, "dfs_workflow:proposal", sent.number)
    parts = [(item, readable(request.user, item), "") for item in with_pages(row.items.all())]
    return render(request, "dfs_workflow/proposals/submit.html", {"proposal": row, "form": form, "parts": parts})
