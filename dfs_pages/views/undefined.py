from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from dfs_pages.permissions import can_see_undefined_terms
from dfs_pages.query.undefined import undefined_acronyms


def undefined_terms(request: HttpRequest) -> HttpResponse:
    if not can_see_undefined_terms(request.user):
        raise PermissionDenied
    return render(request, "dfs_pages/admin/undefined.html", {"entries": undefined_acronyms()})


class UndefinedMenuItem(MenuItem):
    def __init__(self) -> None:
        url = reverse("dfs_pages_undefined")
        super().__init__(_("Terms not in the glossary"), url, icon_name="openquote", order=1200)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_undefined_terms(request.user)
