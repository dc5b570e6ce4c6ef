from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from dfs_pages.query.undefined import undefined_acronyms


def may_see(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm("dfs_pages.change_glossaryterm"))


def undefined_terms(request: HttpRequest) -> HttpResponse:
    if not may_see(request):
        raise PermissionDenied
    return render(request, "dfs_pages/admin/undefined.html", {"entries": undefined_acronyms()})


class UndefinedMenuItem(MenuItem):
    def __init__(self) -> None:
        url = reverse("dfs_pages_undefined")
        super().__init__(_("Terms not in the glossary"), url, icon_name="openquote", order=1200)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request)
