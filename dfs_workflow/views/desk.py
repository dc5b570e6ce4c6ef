"""The desk on the admin's home page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from dfs_workflow import permissions
from dfs_workflow.models import Override
from dfs_workflow.reports.desk import desk_of

SHOWN = 20


class DeskPanel(Component):
    name = "dfs-desk"
    template_name = "dfs_workflow/admin/desk.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        desk = desk_of(user, timezone.now())
        emergencies = list(Override.objects.open()) if permissions.can_see_emergencies(user) else []
        return {"desk": desk, "waiting": desk.waiting[:SHOWN], "own": desk.own[:SHOWN], "emergencies": emergencies}


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DeskPanel())


class EmergenciesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_see_emergencies(request.user)


def emergencies_item() -> MenuItem:
    url = reverse("dfs_workflow_overrides")
    return EmergenciesItem(_("Emergency publications"), url, icon_name="warning", order=1000)
