"""Proposals in the admin: the list of those who decide, and “save as proposal” on the form of a page."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, PageSubscription, Revision

from dfs_workflow import actions, permissions
from dfs_workflow.models import Capability, Proposal, ProposalItem, is_governed, name_of
from dfs_workflow.proposals.content import content_as_edited, content_in
from dfs_workflow.proposals.drafts import edit_item
from dfs_workflow.proposals.visible import visible_proposals
from dfs_workflow.restrictions import passed_by
from dfs_workflow.stewardship import triagers
from dfs_workflow.views.access import harmless

OPEN, NOBODY = "open", "nobody"
AGES = [(days, gettext_lazy("more than %(days)d days") % {"days": days}) for days in (7, 30, 90)]
PER_PAGE = 50


class FilterForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    chapter = forms.ModelChoiceField(
        label=gettext_lazy("Chapter"), queryset=None, required=False, empty_label=gettext_lazy("All chapters")
    )
    age = forms.TypedChoiceField(
        label=gettext_lazy("Age"), choices=[("", gettext_lazy("All")), *AGES], coerce=int, empty_value=0, required=False
    )
    assignee = forms.ChoiceField(label=gettext_lazy("Assigned to"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapters = ProposalItem.objects.exclude(proposal__state=Proposal.State.DRAFT).values("chapter")
        self.fields["chapter"].queryset = Page.objects.filter(pk__in=chapters).order_by("path")  # type: ignore[attr-defined]
        states = [choice for choice in Proposal.State.choices if choice[0] != Proposal.State.DRAFT]
        self.fields["state"].choices = [(OPEN, _("Open")), ("", _("All states")), *states]  # type: ignore[attr-defined]
        people = [(str(user.pk), name_of(user)) for user in triagers()]
        self.fields["assignee"].choices = [("", _("All")), (NOBODY, _("Nobody")), *people]  # type: ignore[attr-defined]

    def narrowed(self, rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
        chosen = self.cleaned_data
        if chosen["state"]:
            states = Proposal.WAITING if chosen["state"] == OPEN else [chosen["state"]]
            rows = rows.filter(state__in=states)
        if chosen["chapter"]:
            items = ProposalItem.objects.filter(chapter=chosen["chapter"])
            rows = rows.filter(pk__in=items.values("proposal"))
        if chosen["age"]:
            rows = rows.filter(submitted_at__lt=timezone.now() - timedelta(days=chosen["age"]))
        if chosen["assignee"]:
            rows = rows.filter(assignee=None if chosen["assignee"] == NOBODY else chosen["assignee"])
        return rows


class ProposalsMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Proposals"), reverse_lazy("dfs_workflow_proposals"), icon_name="comment", order=255
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can(request.user, Capability.TRIAGE)


def manage_proposals(request: HttpRequest) -> HttpResponseBase:
    permissions.require(request.user, Capability.TRIAGE)
    form = FilterForm(request.GET if "state" in request.GET else {**request.GET.dict(), "state": OPEN})
    rows = visible_proposals(request.user, passed=passed_by(request)).exclude(state=Proposal.State.DRAFT)
    rows = rows.select_related("organisation", "assignee").prefetch_related("items")
    rows = form.narrowed(rows) if form.is_valid() else rows.none()
    if request.GET.get("format") == "csv":
        return as_csv(rows)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
    }
    return render(request, "dfs_workflow/admin/proposals.html", context)


def as_csv(rows: QuerySet[Proposal]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="proposals.csv"'
    writer = csv.writer(response)
    writer.writerow(["number", "title", "about", "state", "organisation", "submitted_at", "assigned_to"])
    for row in rows:
        writer.writerow([harmless(cell) for cell in cells(row)])
    return response


def cells(row: Proposal) -> Iterator[str]:
    yield row.number or ""
    yield row.title
    yield "; ".join(item.reference or item.page_title for item in row.items.all())
    yield str(row.get_state_display())
    yield str(row.organisation or "")
    yield row.submitted_at.isoformat() if row.submitted_at else ""
    yield name_of(row.assignee) if row.assignee else ""


class ProposeMenuItem(ActionMenuItem):
    name, label, icon_name = "action-propose", gettext_lazy("Save as a proposal"), "comment"


def offer_proposal(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    page = context.get("page")
    if context.get("view") == "edit" and page is not None and is_governed(page):
        menu_items.append(ProposeMenuItem(order=80))


def save_as_proposal(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Instead of a draft; Wagtail's own view says what is wrong with a form that isn't valid, and keeps it."""
    if request.method != "POST" or ProposeMenuItem.name not in request.POST or not is_governed(page):
        return None
    if not page.permissions_for_user(request.user).can_edit():
        return None
    base = loaded_revision(page, request.POST.get("loaded_revision_id", ""))
    form = form_of(base.as_object(), request)
    if not form.is_valid():
        return None
    item = edit_item(page, base, content_in(page, base), content_as_edited(form.save(commit=False)))
    changed = {*form.changed_data, *(name for name, rows in form.formsets.items() if rows.has_changed())}
    item.base = {name: value for name, value in item.base.items() if name in changed}
    item.proposed = {name: value for name, value in item.proposed.items() if name in changed}
    if not item.proposed:
        messages.warning(request, _("Nothing is changed yet."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    collected = Proposal.objects.filter(proposed_by=request.user, state=Proposal.State.DRAFT).first()
    proposal = actions.collect(by=request.user, item=item, proposal=collected)
    return redirect(reverse("dfs_workflow:submit_collected", args=[proposal.pk]))


def loaded_revision(page: Page, number: str) -> Revision:
    """The version that the form was filled from, so that what others saved since isn't taken for a change."""
    rows = Revision.objects.for_instance(page)
    found = rows.filter(pk=number).first() if number.isdecimal() else None
    return found or page.get_latest_revision()


def form_of(page: Page, request: HttpRequest) -> Any:
    form_class = page.get_edit_handler().get_form_class()
    return form_class(
        request.POST,
        request.FILES,
        instance=page,
        subscription=PageSubscription(page=page, user=request.user),
        parent_page=page.get_parent(),
        for_user=request.user,
    )
