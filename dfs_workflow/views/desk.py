"""The desk on the admin's home page."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from dfs_workflow import permissions
from dfs_workflow.models import Capability, Override, Proposal
from dfs_workflow.proposals.visible import visible_proposals
from dfs_workflow.reports.desk import desk_of

ON_A_PAGE = 20


class DeskPanel(Component):
    name = "dfs-desk"
    template_name = "dfs_workflow/admin/desk.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, asked = parent_context["request"].user, parent_context["request"].GET
        desk = desk_of(user, timezone.now())
        emergencies = list(Override.objects.open()) if permissions.can_see_emergencies(user) else []
        return {
            "desk": desk,
            "waiting": Paginator(desk.waiting, ON_A_PAGE).get_page(asked.get("waiting")),
            "own": Paginator(desk.own, ON_A_PAGE).get_page(asked.get("own")),
            "emergencies": emergencies,
            **proposals_of(user),
        }


def proposals_of(user: Any) -> dict[str, int]:
    """How many wait for who decides about them, and how many of one's own do."""
    known = permissions.standing(user)
    rows = visible_proposals(user, known).filter(state__in=Proposal.WAITING)
    counts = rows.aggregate(own=Count("pk", filter=Q(proposed_by=user)), all=Count("pk"))
    others = counts["all"] - counts["own"] if known.can(Capability.TRIAGE) else 0
    return {"own_proposals": counts["own"], "waiting_proposals": others}


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DeskPanel())


class EmergenciesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_see_emergencies(request.user)


def emergencies_item() -> MenuItem:
    url = reverse("dfs_workflow_overrides")
    return EmergenciesItem(_("Emergency publications"), url, icon_name="warning", order=1000)
