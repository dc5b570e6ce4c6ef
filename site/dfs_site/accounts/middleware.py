"""A second factor for everybody who can enter the admin, and the charter in force, before any of their work."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dfs_site.demo_accounts import ACCOUNTS
from dfs_site.frame import path_without_language
from dfs_workflow.permissions import has_accepted_charter

DEMO_USERNAMES = frozenset(account.username for account in ACCOUNTS)
ALWAYS_OPEN = ("/accounts/", "/charter/", "/invitation/")
WORKPLACES = ("/members/", "/account/")


class AccountGateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_at_work(request) and request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin"):
            if lacks_second_factor(request):
                messages.warning(request, _("Set up a second factor first: your account can change what others read."))
                return redirect(f"{reverse('mfa_index')}?{urlencode({'next': request.get_full_path()})}")
            if not has_accepted_charter(request.user):
                return redirect(f"{reverse('dfs_workflow:charter')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def is_at_work(request: HttpRequest) -> bool:
    """The admin, the pages of members, and everything that changes something; reading stays free."""
    if request.path_info.startswith("/admin/"):
        return not request.path_info.startswith("/admin/log")
    path = path_without_language(request.path_info)
    if path.startswith(ALWAYS_OPEN):
        return False
    return path.startswith(WORKPLACES) or request.method not in {"GET", "HEAD", "OPTIONS"}


def lacks_second_factor(request: HttpRequest) -> bool:
    if not settings.DFS_REQUIRE_SECOND_FACTOR or is_mfa_enabled(request.user):
        return False
    return not (settings.DEMO and request.user.get_username() in DEMO_USERNAMES)
