"""The desk on the admin's home page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from dfs_workflow import permissions
from dfs_workflow.models import Override
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
        }


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DeskPanel())


class EmergenciesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_see_emergencies(request.user)


def emergencies_item() -> MenuItem:
    url = reverse("dfs_workflow_overrides")
    return EmergenciesItem(_("Emergency publications"), url, icon_name="warning", order=1000)
