from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from dfs_pages import conf
from dfs_pages.permissions import broken_links_for, can_see_broken_links
from dfs_pages.query.faults import sentence


def broken_links(request: HttpRequest) -> HttpResponse:
    if not can_see_broken_links(request.user):
        raise PermissionDenied
    found = broken_links_for(request.user).select_related("page__locale")
    rows = [(row, sentence(row.reason, row.words, row.target)) for row in found]
    context = {"rows": rows, "asks_other_sites": conf.checks_other_sites()}
    return render(request, "dfs_pages/admin/links.html", context)


class BrokenLinksMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(_("Links that lead nowhere"), reverse("dfs_pages_links"), icon_name="link", order=1195)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_broken_links(request.user)
